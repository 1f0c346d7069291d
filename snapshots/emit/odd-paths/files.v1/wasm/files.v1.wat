(module $"files/v1 1.0.0"
  (type (;0;) (func (param i32 i32 i32 i32) (result i32)))
  (type (;1;) (func (param i32 i32 i32) (result i32)))
  (type (;2;) (func (param i32 i32 i32 i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (type (;4;) (func (param i32 i64) (result i32)))
  (type (;5;) (func (param i32 i64 i32) (result i32)))
  (type (;6;) (func (param i32 i32) (result i32)))
  (type (;7;) (func))
  (type (;8;) (func (param i32) (result i32)))
  (type (;9;) (func (param i32)))
  (type (;10;) (func (param i32 i32)))
  (type (;11;) (func (param i32 i32) (result i64)))
  (type (;12;) (func (param i64 i64) (result i64)))
  (import "env" "proxy_get_property" (func (;0;) (type 0) (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_pairs" (func (;1;) (type 1) (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func (;2;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_send_local_response" (func (;3;) (type 3) (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_shared_data" (func (;4;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_shared_data" (func (;5;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_define_metric" (func (;6;) (type 0) (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_increment_metric" (func (;7;) (type 4) (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func (;8;) (type 5) (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func (;9;) (type 6) (param i32 i32) (result i32)))
  (memory (;0;) 2 2)
  (global (;0;) (mut i32) i32.const 19456)
  (global (;1;) (mut i32) i32.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i32) i32.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (global (;7;) (mut i32) i32.const 0)
  (global (;8;) (mut i32) i32.const 0)
  (global (;9;) (mut i32) i32.const 0)
  (global (;10;) (mut i32) i32.const 0)
  (global (;11;) (mut i64) i64.const 0)
  (global (;12;) (mut i32) i32.const 0)
  (export "memory" (memory 0))
  (export "proxy_abi_version_0_2_1" (func $enter))
  (export "malloc" (func 11))
  (export "proxy_on_vm_start" (func 12))
  (export "proxy_on_configure" (func 13))
  (export "proxy_on_request_headers" (func 14))
  (func $enter (;10;) (type 7)
    i32.const 19456
    global.set 0
  )
  (func (;11;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 117760
    global.get 0
    i32.sub
    i32.gt_u
    if ;; label = @1
      i32.const 0
      return
    end
    global.get 0
    global.get 0
    local.get 0
    i32.add
    global.set 0
  )
  (func (;12;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 734
    local.set 6
    loop ;; label = @1
      local.get 9
      i32.eqz
      if ;; label = @2
        local.get 6
        local.tee 8
        i32.load16_u align=1
        local.set 7
        i32.const 1
        local.set 9
        local.get 7
        i32.const 128
        i32.and
        if ;; label = @3
          local.get 10
          local.get 7
          i32.const 1
          i32.and
          i32.const 8
          i32.shl
          local.get 7
          i32.const 8
          i32.shr_u
          i32.or
          i32.sub
          i32.const 9371
          i32.add
          local.set 8
          local.get 7
          i32.const 1
          i32.shr_u
          i32.const 63
          i32.and
          local.set 9
          local.get 6
          i32.const 1
          i32.add
          local.set 6
        end
        local.get 6
        i32.const 1
        i32.add
        local.set 6
      end
      local.get 8
      i32.load8_u
      local.set 3
      local.get 10
      local.get 3
      i32.store8 offset=9371
      local.get 8
      i32.const 1
      i32.add
      local.set 8
      local.get 9
      i32.const 1
      i32.sub
      local.set 9
      local.get 3
      local.get 10
      i32.const 4382
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        i32.const 0
        local.get 4
        i32.const 9371
        i32.add
        local.get 10
        local.get 4
        i32.sub
        local.get 5
        i32.const 18496
        i32.add
        call 6
        if ;; label = @3
          local.get 5
          i32.const -1
          i32.store offset=18496 align=1
        end
        local.get 5
        i32.const 4
        i32.add
        local.set 5
        local.get 10
        i32.const 1
        i32.add
        local.set 4
      end
      local.get 10
      i32.const 1
      i32.add
      local.tee 10
      i32.const 4892
      i32.lt_u
      br_if 0 (;@1;)
    end
    block ;; label = @1
      i32.const 120
      global.set 10
      i32.const 280
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 132
        i32.const 32
        call 9
        br_if 1 (;@1;)
        i32.const 280
        i32.const 132
        i32.const 0
        call $write
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 2
          i32.store16 offset=254 align=1
          i32.const 248
          i32.const 117760
          i32.const 0
          call $write
          br_if 2 (;@1;)
          local.get 2
          i32.const 1
          i32.add
          local.tee 2
          i32.const 8192
          i32.lt_u
          br_if 0 (;@3;)
        end
      end
      i32.const 1
      return
    end
    i32.const 0
  )
  (func (;13;) (type 6) (param i32 i32) (result i32)
    (local i32 i32)
    call $enter
    i32.const 0
    global.set 1
    local.get 1
    i32.eqz
    if ;; label = @1
      i32.const 1
      return
    end
    i32.const 7
    i32.const 0
    local.get 1
    i32.const 4
    i32.const 8
    call 2
    call $got
    local.tee 1
    if ;; label = @1
      loop ;; label = @2
        global.get 3
        local.get 3
        i32.add
        i32.load8_u
        local.set 2
        global.get 1
        local.get 2
        i32.const 96
        i32.and
        i32.const 64
        i32.eq
        local.get 2
        i32.shl
        i32.or
        global.set 1
        local.get 3
        i32.const 1
        i32.add
        local.tee 3
        global.get 4
        i32.lt_u
        br_if 0 (;@2;)
      end
    end
    local.get 1
  )
  (func (;14;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    call $enter
    block ;; label = @1
      block ;; label = @2
        i32.const 0
        i32.const 4
        i32.const 8
        call 1
        call $got
        global.get 3
        i32.mul
        global.set 5
        global.get 4
        global.set 6
        i32.const 13753
        i32.const 5
        call $find
        global.set 7
        global.get 7
        i32.eqz
        br_if 0 (;@2;)
        global.get 7
        global.get 4
        i32.add
        global.set 12
        block ;; label = @3
          global.get 12
          global.get 7
          i32.sub
          local.set 4
          i32.const -1
          local.set 6
          local.get 4
          local.set 8
          block ;; label = @4
            loop ;; label = @5
              local.get 7
              local.get 8
              i32.ge_u
              br_if 1 (;@4;)
              global.get 7
              local.get 7
              i32.add
              i32.load8_u
              local.tee 5
              i32.const 35
              i32.eq
              if ;; label = @6
                local.get 7
                local.set 4
                br 2 (;@4;)
              end
              local.get 5
              i32.const 63
              i32.eq
              local.get 6
              i32.const -1
              i32.eq
              i32.and
              if ;; label = @6
                local.get 7
                local.set 6
              end
              local.get 7
              i32.const 1
              i32.add
              local.set 7
              br 0 (;@5;)
            end
          end
          i32.const 0
          global.get 7
          local.get 6
          i32.add
          i32.const 1
          i32.add
          i32.store offset=164 align=1
          i32.const 0
          i32.const 0
          i32.store offset=168 align=1
          local.get 6
          i32.const -1
          i32.ne
          if ;; label = @4
            i32.const 0
            local.get 4
            local.get 6
            i32.sub
            i32.const 1
            i32.sub
            i32.store offset=168 align=1
            local.get 6
            local.set 4
          end
          i32.const 0
          i32.const 0
          i32.store offset=172 align=1
          global.get 7
          local.get 4
          i32.add
          global.set 12
          local.get 4
          i32.eqz
          br_if 0 (;@3;)
          global.get 12
          global.get 12
          i32.const 1
          i32.sub
          i32.load8_u
          i32.const 47
          i32.eq
          i32.sub
          global.set 12
          global.get 7
          i32.load8_u
          i32.const 47
          i32.ne
          br_if 0 (;@3;)
          global.get 12
          global.get 7
          i32.sub
          local.set 4
          i32.const 1
          local.set 11
          loop ;; label = @4
            local.get 13
            local.get 4
            i32.lt_u
            if ;; label = @5
              local.get 13
              i32.const 1
              i32.add
              local.tee 12
              local.get 4
              i32.eq
              global.get 7
              local.get 12
              i32.add
              i32.load8_u
              i32.const 47
              i32.eq
              i32.or
              if ;; label = @6
                local.get 12
                local.get 11
                i32.sub
                local.set 10
                local.get 9
                i32.const 33
                i32.lt_u
                if ;; label = @7
                  local.get 9
                  i32.const 3
                  i32.shl
                  global.get 7
                  local.get 11
                  i32.add
                  i32.store offset=18816 align=1
                  local.get 9
                  i32.const 3
                  i32.shl
                  local.get 10
                  i32.store offset=18820 align=1
                end
                local.get 9
                i32.const 1
                i32.add
                local.set 9
                local.get 12
                i32.const 1
                i32.add
                local.set 11
              end
              local.get 13
              i32.const 1
              i32.add
              local.set 13
              br 1 (;@4;)
            end
          end
          i32.const 0
          local.get 9
          i32.store offset=172 align=1
        end
        i32.const 13758
        i32.const 7
        call $find
        local.set 3
        i32.const 13765
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=248
                i32.const 248
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 1
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13778
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 6
              call $segment
              i32.const 60
              global.get 3
              call $put_text
              i32.const 286
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 6
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13800
        call $fits
        if ;; label = @3
          block (result i32) ;; label = @4
            global.get 1
            i32.const 8
            i32.and
            i32.eqz
            if ;; label = @5
              i32.const 0
              i32.const 60
              call $address
              i32.const 3
              i32.mul
              i32.store8 offset=318
              i32.const 318
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 2 (;@4;)
              end
            end
            i32.const 11
            call $count
            i32.const 0
          end
          return
        end
        i32.const 13809
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=350
                i32.const 350
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 16
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13829
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=382
                i32.const 382
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 21
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13846
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=414
                i32.const 414
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 26
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13871
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13890
          i32.const 5
          call $equal
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              global.get 4
              i32.const 8
              i32.sub
              global.get 4
              global.get 4
              i32.const 8
              i32.gt_u
              select
              global.set 4
              i32.const 60
              global.get 3
              call $put_text
              i32.const 446
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 31
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13895
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              global.get 3
              if ;; label = @6
                global.get 12
                global.get 3
                i32.sub
                global.set 4
              end
              i32.const 60
              global.get 3
              call $put_text
              i32.const 478
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 36
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13905
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              i32.const 60
              global.get 3
              call $put_text
              i32.const 510
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 41
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13916
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              i32.const 60
              global.get 3
              call $put_text
              i32.const 542
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 46
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13931
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              i32.const 60
              global.get 3
              call $put_text
              i32.const 574
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 51
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13947
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 1
              call $segment
              i32.const 60
              global.get 3
              call $put_text
              i32.const 606
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 14145
                i32.const 17
                i32.const 14162
                i32.const 63
                i32.const 14038
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 56
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 13969
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=638
                i32.const 638
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 61
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 14004
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=670
                i32.const 670
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 66
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 14022
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 13769
          i32.const 4
          call $equal
          local.get 3
          i32.const 13773
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 8
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 60
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=702
                i32.const 702
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 14145
                  i32.const 17
                  i32.const 14162
                  i32.const 63
                  i32.const 14038
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 71
              call $count
              i32.const 0
            end
            return
          end
        end
        br 1 (;@1;)
        br 1 (;@1;)
      end
      i32.const 0
      call $count
    end
    i32.const 0
  )
  (func $row_of (;15;) (type 8) (param i32) (result i32)
    global.get 10
    i32.const 12
    i32.add
    global.set 0
    local.get 0
    i32.const 5
    i32.add
    local.get 0
    i32.load8_u
    i32.const 4
    i32.const 8
    global.get 10
    call 4
    call $got
    local.get 0
    i32.load16_u offset=3 align=1
    global.get 4
    i32.eq
    i32.and
  )
  (func $write (;16;) (type 1) (param i32 i32 i32) (result i32)
    local.get 0
    i32.const 5
    i32.add
    local.get 0
    i32.load8_u
    local.get 1
    local.get 0
    i32.load16_u offset=3 align=1
    local.get 2
    call 5
  )
  (func $got (;17;) (type 8) (param i32) (result i32)
    i32.const 0
    i32.load offset=8 align=1
    global.set 4
    i32.const 0
    i32.load offset=4 align=1
    global.set 3
    global.get 3
    i32.const 117760
    i32.lt_u
    global.get 4
    i32.const 117760
    global.get 3
    i32.sub
    i32.le_u
    i32.and
    local.get 0
    i32.eqz
    i32.and
  )
  (func $find (;18;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    block ;; label = @1
      global.get 5
      local.tee 5
      i32.load align=1
      local.tee 6
      i32.const 3
      i32.shl
      i32.const 4
      i32.add
      local.set 7
      loop ;; label = @2
        local.get 5
        i32.load offset=4 align=1
        local.set 3
        local.get 5
        i32.load offset=8 align=1
        local.set 4
        local.get 5
        i32.const 8
        i32.add
        local.set 5
        local.get 3
        local.get 4
        i32.or
        local.get 6
        i32.or
        i32.const 17
        i32.shr_u
        br_if 1 (;@1;)
        global.get 5
        local.get 7
        i32.add
        local.set 2
        local.get 7
        local.get 3
        i32.add
        local.get 4
        i32.add
        i32.const 2
        i32.add
        local.tee 7
        global.get 6
        i32.gt_u
        br_if 1 (;@1;)
        local.get 3
        local.get 1
        i32.eq
        if ;; label = @3
          local.get 2
          local.get 0
          local.get 1
          call $equal
          if ;; label = @4
            local.get 4
            global.set 4
            local.get 2
            local.get 3
            i32.add
            i32.const 1
            i32.add
            return
          end
        end
        local.get 8
        i32.const 1
        i32.add
        local.tee 8
        local.get 6
        i32.lt_u
        br_if 0 (;@2;)
      end
    end
    i32.const 0
    global.set 4
    i32.const 0
  )
  (func $fits (;19;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    global.get 6
    local.set 4
    block ;; label = @1
      loop ;; label = @2
        block ;; label = @3
          global.get 7
          local.get 5
          i32.add
          local.tee 6
          i32.load8_u
          local.set 1
          local.get 0
          i32.load8_u
          local.set 2
          local.get 1
          i32.eqz
          local.get 1
          i32.const 63
          i32.eq
          i32.or
          local.get 1
          i32.const 35
          i32.eq
          i32.or
          local.set 3
          local.get 2
          i32.const 3
          i32.eq
          if ;; label = @4
            local.get 3
            local.get 1
            i32.const 47
            i32.eq
            i32.or
            i32.eqz
            br_if 1 (;@3;)
            local.get 0
            i32.load8_u offset=1
            local.set 7
            local.get 6
            local.get 7
            i32.sub
            local.tee 6
            local.get 0
            i32.const 2
            i32.add
            local.get 7
            call $equal
            i32.eqz
            br_if 3 (;@1;)
            local.get 0
            local.get 7
            i32.add
            i32.const 1
            i32.add
            local.set 0
            local.get 6
            i32.const 1
            i32.sub
            i32.load8_u
            i32.const 47
            i32.eq
            br_if 3 (;@1;)
            local.get 0
            i32.const 1
            i32.add
            local.tee 0
            i32.load8_u
            local.set 2
          end
          local.get 3
          local.get 2
          i32.const 2
          i32.ne
          i32.or
          i32.eqz
          if ;; label = @4
            local.get 1
            i32.const 47
            i32.eq
            local.get 6
            i32.const 1
            i32.sub
            i32.load8_u
            i32.const 47
            i32.eq
            i32.and
            br_if 3 (;@1;)
            br 1 (;@3;)
          end
          local.get 2
          i32.const 4
          i32.eq
          local.get 1
          i32.const 47
          i32.eq
          i32.eqz
          i32.and
          local.get 3
          i32.eqz
          i32.and
          if ;; label = @4
            local.get 1
            local.set 2
          end
          local.get 3
          if ;; label = @4
            local.get 2
            i32.const 2
            i32.le_u
            return
          end
          local.get 1
          local.get 2
          i32.const 47
          local.get 2
          select
          i32.ne
          br_if 2 (;@1;)
          local.get 0
          i32.const 1
          i32.add
          local.set 0
        end
        local.get 5
        i32.const 1
        i32.add
        local.tee 5
        local.get 4
        i32.lt_u
        br_if 0 (;@2;)
      end
    end
    i32.const 0
  )
  (func $equal (;20;) (type 1) (param i32 i32 i32) (result i32)
    (local i32)
    loop ;; label = @1
      local.get 3
      local.get 2
      i32.lt_u
      if ;; label = @2
        local.get 0
        local.get 3
        i32.add
        i32.load8_u
        local.get 1
        local.get 3
        i32.add
        i32.load8_u
        i32.ne
        if ;; label = @3
          i32.const 0
          return
        end
        local.get 3
        i32.const 1
        i32.add
        local.set 3
        br 1 (;@1;)
      end
    end
    i32.const 1
  )
  (func $count (;21;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=18496 align=1
    i64.const 1
    call 7
    drop
  )
  (func $address (;22;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get 1
    i32.const 65536
    i32.and
    local.set 1
    local.get 0
    i32.const 2
    i32.store8
    local.get 0
    i64.const 0
    i64.store offset=1 align=1
    i32.const 14239
    i32.const 14225
    local.get 1
    select
    i32.const 24
    i32.const 14
    local.get 1
    select
    i32.const 4
    i32.const 8
    call 0
    local.tee 2
    call $got
    local.tee 3
    if ;; label = @1
      block ;; label = @2
        i32.const 60
        local.set 10
        global.get 3
        global.get 3
        i32.load8_u
        i32.const 91
        i32.eq
        i32.add
        local.set 12
        i32.const 0
        i64.const 0
        i64.store offset=44 align=1
        i32.const 0
        i64.const 0
        i64.store offset=52 align=1
        block ;; label = @3
          loop ;; label = @4
            block ;; label = @5
              block ;; label = @6
                local.get 12
                local.get 13
                i32.add
                local.tee 14
                i32.load8_u
                i32.const 93
                local.get 14
                global.get 3
                global.get 4
                i32.add
                i32.lt_u
                select
                local.tee 4
                i32.const 48
                i32.sub
                local.tee 5
                i32.const 10
                i32.lt_u
                br_if 0 (;@6;)
                local.get 4
                i32.const 32
                i32.or
                i32.const 87
                i32.sub
                local.tee 5
                i32.const 10
                i32.sub
                i32.const 6
                i32.lt_u
                br_if 0 (;@6;)
                local.get 9
                local.get 4
                i32.const 46
                i32.eq
                i32.or
                if ;; label = @7
                  local.get 6
                  i32.eqz
                  local.get 8
                  i32.const 255
                  i32.gt_u
                  i32.or
                  br_if 5 (;@2;)
                  local.get 10
                  i32.const 60
                  i32.eq
                  if ;; label = @8
                    i32.const 0
                    i32.const 65535
                    i32.store16 offset=48 align=1
                    i32.const 48
                    local.set 10
                  end
                  local.get 10
                  i32.const 1
                  i32.sub
                  local.tee 10
                  local.get 8
                  i32.store8
                  local.get 9
                  i32.const 1
                  i32.add
                  local.set 9
                  local.get 4
                  i32.const 46
                  i32.ne
                  br_if 4 (;@3;)
                else
                  local.get 6
                  if ;; label = @8
                    local.get 10
                    i32.const 2
                    i32.sub
                    local.tee 10
                    local.get 7
                    i32.store16 align=1
                  end
                  local.get 4
                  i32.const 58
                  i32.ne
                  br_if 4 (;@3;)
                  local.get 6
                  local.get 13
                  i32.eqz
                  i32.or
                  i32.eqz
                  if ;; label = @8
                    local.get 11
                    br_if 6 (;@2;)
                    local.get 10
                    local.set 11
                    i32.const 232
                    local.set 10
                  end
                end
                i32.const 0
                local.set 6
                i32.const 0
                local.set 7
                i32.const 0
                local.set 8
                br 1 (;@5;)
              end
              local.get 7
              i32.const 4
              i32.shl
              local.get 5
              i32.or
              local.set 7
              local.get 8
              i32.const 10
              i32.mul
              local.get 5
              i32.add
              local.set 8
              local.get 6
              i32.const 1
              i32.add
              local.tee 6
              i32.const 4
              i32.gt_u
              br_if 3 (;@2;)
            end
            local.get 13
            i32.const 1
            i32.add
            local.tee 13
            i32.const 47
            i32.lt_u
            br_if 0 (;@4;)
          end
          br 1 (;@2;)
        end
        local.get 4
        i32.const 93
        i32.eq
        local.get 4
        i32.const 37
        i32.eq
        i32.or
        local.get 4
        i32.const 58
        i32.eq
        i32.or
        i32.eqz
        br_if 0 (;@2;)
        local.get 9
        i32.const 4
        i32.or
        i32.const 4
        i32.ne
        br_if 0 (;@2;)
        local.get 11
        if ;; label = @3
          local.get 11
          local.get 10
          i32.add
          i32.const 276
          i32.lt_u
          br_if 1 (;@2;)
          i32.const 0
          i32.const 0
          i64.load offset=44 align=1
          local.get 10
          i64.load align=1
          i64.or
          i64.store offset=44 align=1
          i32.const 0
          i32.const 0
          i64.load offset=52 align=1
          local.get 10
          i64.load offset=8 align=1
          i64.or
          i64.store offset=52 align=1
        else
          local.get 10
          i32.const 44
          i32.ne
          br_if 1 (;@2;)
        end
        i32.const 0
        i64.load offset=52 align=1
        i64.eqz
        i32.const 0
        i32.load offset=48 align=1
        i32.const 65535
        i32.eq
        i32.and
        local.set 15
        local.get 0
        local.get 15
        i32.store8
        local.get 0
        i32.const 0
        i64.load offset=44 align=1
        i32.const 0
        i64.load offset=52 align=1
        local.get 15
        select
        i64.store offset=1 align=1
      end
    end
    local.get 3
    local.get 2
    i32.const 1
    i32.eq
    i32.or
  )
  (func $ask (;23;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64)
    i32.const 0
    local.get 0
    i64.load offset=8 align=1
    i64.store offset=52 align=1
    i32.const 52
    local.get 1
    call $hash
    local.tee 9
    i64.const 1
    i64.or
    global.set 11
    local.get 0
    local.get 9
    i64.const 51
    i64.shr_u
    i32.wrap_i64
    i32.store16 offset=6 align=1
    global.get 0
    local.set 3
    block ;; label = @1
      block ;; label = @2
        loop ;; label = @3
          i32.const 0
          global.set 9
          i32.const 0
          global.set 8
          i32.const 1
          i64.const 0
          i32.const 4
          call 8
          i32.const 0
          i64.load offset=4 align=1
          global.set 2
          br_if 1 (;@2;)
          i32.const 19136
          global.set 10
          local.get 0
          call $row_of
          i32.eqz
          br_if 1 (;@2;)
          global.get 2
          local.tee 10
          i64.const 1000
          i64.div_u
          local.set 10
          i64.const -1
          local.get 10
          i64.const 9009
          i64.mul
          local.get 10
          i64.const 2047590639772400
          i64.gt_u
          select
          local.tee 10
          local.get 0
          i64.load offset=24 align=1
          call $sum
          local.tee 11
          local.get 0
          i64.load offset=16 align=1
          call $sum
          local.set 12
          global.get 10
          i32.const 12
          i32.add
          local.tee 6
          local.set 5
          i64.const -1
          local.set 14
          block ;; label = @4
            i32.const 0
            local.set 7
            loop ;; label = @5
              local.get 6
              i64.load offset=8 align=1
              local.set 13
              local.get 6
              i64.load align=1
              global.get 11
              i64.eq
              if ;; label = @6
                i64.const 0
                local.set 14
                local.get 6
                local.set 5
                br 2 (;@4;)
              end
              local.get 13
              local.get 14
              i64.lt_u
              if ;; label = @6
                local.get 13
                local.set 14
                local.get 6
                local.set 5
              end
              local.get 6
              i32.const 16
              i32.add
              local.set 6
              local.get 7
              i32.const 1
              i32.add
              local.tee 7
              i32.const 16
              i32.lt_u
              br_if 0 (;@5;)
            end
            i64.const 0
            local.set 13
          end
          local.get 13
          local.set 15
          local.get 13
          local.get 12
          local.get 13
          local.get 12
          i64.lt_u
          select
          local.tee 13
          local.get 10
          local.get 13
          local.get 10
          i64.gt_u
          select
          local.tee 16
          local.get 11
          i64.gt_u
          local.tee 2
          i32.eqz
          if ;; label = @4
            local.get 16
            local.get 0
            i64.load offset=16 align=1
            call $sum
            local.set 13
          end
          local.get 2
          i32.const 2
          i32.mul
          local.get 14
          local.get 10
          i64.gt_u
          i32.const 4
          i32.mul
          i32.or
          global.set 8
          local.get 13
          local.get 15
          i64.ne
          global.set 9
          local.get 5
          global.get 11
          i64.store align=1
          local.get 5
          local.get 13
          i64.store offset=8 align=1
          global.get 9
          i32.eqz
          if ;; label = @4
            global.get 10
            i32.const 0
            i64.load offset=176 align=1
            i64.store offset=4 align=1
            br 3 (;@1;)
          end
          local.get 0
          global.get 10
          i32.const 12
          i32.add
          global.get 10
          i32.load align=1
          call $write
          local.tee 8
          i32.eqz
          br_if 2 (;@1;)
          local.get 8
          i32.const 8
          i32.ne
          br_if 1 (;@2;)
          local.get 4
          i32.const 1
          i32.add
          local.tee 4
          i32.const 16
          i32.lt_u
          br_if 0 (;@3;)
        end
      end
      local.get 4
      i32.const 3
      i32.shr_u
      i32.const 1
      i32.or
      global.set 8
      i32.const 0
      local.set 2
    end
    local.get 3
    global.set 0
    global.get 8
    if ;; label = @1
      local.get 0
      i32.load16_u offset=1 align=1
      global.get 8
      i32.add
      call $count
    end
    local.get 2
  )
  (func $segment (;24;) (type 9) (param i32)
    i32.const 0
    global.set 3
    i32.const 0
    global.set 4
    local.get 0
    i32.const 0
    i32.load offset=172 align=1
    i32.ge_u
    br_if 0
    local.get 0
    i32.const 3
    i32.shl
    i32.load offset=18816 align=1
    global.set 3
    local.get 0
    i32.const 3
    i32.shl
    i32.load offset=18820 align=1
    global.set 4
  )
  (func $put_text (;25;) (type 10) (param i32 i32)
    (local i64)
    local.get 0
    global.get 4
    i32.const 0
    i32.ne
    i32.store8
    global.get 4
    if ;; label = @1
      local.get 1
      global.get 4
      call $hash
      local.set 2
    end
    local.get 0
    local.get 2
    i64.store offset=1 align=1
  )
  (func $hash (;26;) (type 11) (param i32 i32) (result i64)
    (local i32 i32 i32 i64 i64 i64 i64 i64)
    i32.const 0
    i64.load offset=132 align=1
    local.set 5
    i32.const 0
    i64.load offset=140 align=1
    local.set 6
    i32.const 0
    i64.load offset=148 align=1
    local.set 7
    i32.const 0
    i64.load offset=156 align=1
    local.set 8
    local.get 1
    i32.const 3
    i32.shr_u
    local.tee 2
    i32.const 4
    i32.add
    local.set 4
    loop ;; label = @1
      local.get 3
      local.get 4
      i32.lt_u
      if ;; label = @2
        local.get 0
        i64.load align=1
        local.set 9
        local.get 3
        local.get 2
        i32.ge_u
        if ;; label = @3
          local.get 9
          i64.const -1
          local.get 1
          i32.const 3
          i32.shl
          i64.extend_i32_u
          i64.shl
          i64.const -1
          i64.xor
          i64.and
          local.get 1
          i64.extend_i32_u
          i64.const 56
          i64.shl
          i64.or
          i64.const 0
          local.get 3
          local.get 2
          i32.eq
          select
          local.set 9
        end
        local.get 0
        i32.const 8
        i32.add
        local.set 0
        local.get 3
        local.get 2
        i32.const 1
        i32.add
        i32.eq
        if ;; label = @3
          local.get 7
          i64.const 255
          i64.xor
          local.set 7
        end
        local.get 8
        local.get 9
        i64.xor
        local.set 8
        local.get 5
        local.get 6
        i64.add
        local.tee 5
        local.get 6
        i64.const 13
        i64.rotl
        i64.xor
        local.set 6
        local.get 5
        i64.const 32
        i64.rotl
        local.set 5
        local.get 7
        local.get 8
        i64.add
        local.tee 7
        local.get 8
        i64.const 16
        i64.rotl
        i64.xor
        local.set 8
        local.get 5
        local.get 8
        i64.add
        local.tee 5
        local.get 8
        i64.const 21
        i64.rotl
        i64.xor
        local.set 8
        local.get 7
        local.get 6
        i64.add
        local.tee 7
        local.get 6
        i64.const 17
        i64.rotl
        i64.xor
        local.set 6
        local.get 7
        i64.const 32
        i64.rotl
        local.set 7
        local.get 5
        local.get 9
        i64.xor
        local.set 5
        local.get 3
        i32.const 1
        i32.add
        local.set 3
        br 1 (;@1;)
      end
    end
    local.get 5
    local.get 6
    i64.xor
    local.get 7
    i64.xor
    local.get 8
    i64.xor
  )
  (func $sum (;27;) (type 12) (param i64 i64) (result i64)
    local.get 0
    local.get 1
    i64.add
    local.set 1
    i64.const -1
    local.get 1
    local.get 1
    local.get 0
    i64.lt_u
    select
  )
  (data (;0;) (i32.const 248) "\03\01\00\00\01l\00\00V\10\8c\fc\94\0ex\f8@n\fa\18\02\00\00\00\00\00\00\00\00\00\00\00\01\00\00 \00s\03\06\00\00\01l\00\00\c1M\c9\9c\ac\c5_g@Iek\00\00\00\00\00%\95\ad\01\00\00\00\03\0b\00\00\01l\00\00C3\d5\d9cS\f6h\c0\f2\d00\00\00\00\00\80{)\e8\01\00\00\00\03\10\00\00\01l\00\00*\b7\c7\c0b\9f\d0J\e0\07[&\00\00\00\00`f\9f\f2\01\00\00\00\03\15\00\00\01l\00\00/\a6.\f6\14o\f0K\90\9b>\86\00\00\00\00\b0\d2\bb\92\01\00\00\00\03\1a\00\00\01l\00\00&\cc\e54\a5)\09\09\c0m\cc#\00\00\00\00\80\00.\f5\01\00\00\00\03\1f\00\00\01l\00\00\00)\ab\8a4\9cG\b6 7}\0c\01\00\00\00 7}\0c\01\00\00\00\03$\00\00\01l\00\00\f7\f6h\9et`+?\c0$\fe\b2\00\00\00\00\80I\fce\01\00\00\00\03)\00\00\01l\00\00\ee\c3\97\16M\ef'l`\12\7fY\00\00\00\00\e0[{\bf\01\00\00\00\03.\00\00\01l\00\00p\bf\cb\d9?H1\b8\c0\0f\b6L\00\00\00\00\80^D\cc\01\00\00\00\033\00\00\01l\00\00\98\ee\b61\fd\ed4\d3@\0c\aa;\00\00\00\00\00bP\dd\01\00\00\00\038\00\00\01l\00\00\d7\1bt\98\ffr|\06\c8M\1fC\00\00\00\00x \db\d5\01\00\00\00\03=\00\00\01l\00\00\bd\e6|\c2L\8b\1a\17\a0\a4\b25\00\00\00\00\a0\c9G\e3\01\00\00\00\03B\00\00\01l\00\00\e4\bb\d0\cemT\94\c70\89\bf,\00\00\00\00\10\e5:\ec\01\00\00\00\03G\00\00\01l\00\00\cbj\c9\e7\a41\ea:@WN)\00\00\00\00\00\17\ac\ef\01\00\00\00cherry.files.v1.unreadable\00\a0\1bget.passed\aa\1brate_limit.0.host_\86$or\c4,\8a\08\c8Ucas_exhaus\ca/evic\86)_in_debt\a81_a_p1_p2_p3_p4_p5_p6\b6\e4\aa/\d6\f8\c4@l\b5\0c\c4=\c3 \c4C\c14any_\88\04id\b1'\96\22\d1\1a\b03l\af\0d\b00\bd\00\b06\c0\f3\898broken_escape_zz\b0\fd\aa,\d1\07\c4=l\af\11\c4:\bd\1b\c4@\c9%caf_c3_a9_menu\b9#\9e*\d9!\b8;l\b7\1f\b88\c5\1d\b8>\c9\1b\8dVd_tilde_2fslash\b9\22\ac1\d9)\c6Bl\b70\c6?\c57\c6E\c1>p\88\e6\8a\0e_name_archive\b1<\b0/\d1:\ca@l\af8\ca=\bd6\caC\c14\89{\8cDrest\b1+\9e&\d1\22\b87l\af\19\b84\bd\10\b8:\c9\07\89Es_user_id\b9\0a\9c)\d9\0d\b6:l\b7\10\b67\c5\13\b6=\e3\16_dot\d3\1a\8a-\f3\1e\a4>l\d1\22\a4;\df&\a4A\d5*averylongpar\86\11ter\88\18_\88\12\c5:\b8=\e5J\d2Nl\c3Z\d2K\d1j\d2Q\d5z\87\b8underscore\c5l\9c/\e5^\b6@l\c3P\b6=\d1B\b6C\c94punctuation_a_b_c_d\b94\a8/\d94\c2@l\b74\c2=\c54\c2C\c94space_20\86$\86\05t\b90\a0+\d9,\ba<l\b7(\ba9\c5$\ba?\c9 umlaut_c3_a4\b9\1d\9a(\d9\1a\b49l\b7\17\b46\c5\14\b4<\a1\11:path:method/\01\00\01GET\00HEAD\00/a/\03\00\9e\03\00\01/any\8c\09broken-escape/%zz\86\14caf%C3%A9/menu\86\11\8c\1ed/~tilde%2Fslash\86\19\8a\ae/\03\08:archive\00\01POST\00\8e\18\04\02\01/nam\88\22\88k\90\0b/dot\98\0flong\98\10underscor\86O/punctuation/a.b+c(d)!$&'*,;=@~-_\86#spac\86\950in\88\05\88[\8d8/\8a\c54\00\01\86~\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8dy-policy\00\95f\00content-type\00app\86 \8c\88problem+json\00ret\86>after\001\8f\c6_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too M\87\8d Requests\86\1cstatus\22:429}sourc\86~ddress\87W\86g_\88!e\8ek.peer")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
