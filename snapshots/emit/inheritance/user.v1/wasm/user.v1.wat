(module
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
  (memory (;0;) 4 4)
  (global (;0;) (mut i32) i32.const 12288)
  (global (;1;) (mut i32) i32.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i32) i32.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (global (;7;) (mut i32) i32.const 0)
  (global (;8;) (mut i32) i32.const 0)
  (global (;9;) (mut i32) i32.const 0)
  (global (;10;) (mut i64) i64.const 0)
  (global (;11;) (mut i64) i64.const 0)
  (global (;12;) (mut i64) i64.const 0)
  (export "memory" (memory 0))
  (export "proxy_abi_version_0_2_1" (func 10))
  (export "malloc" (func 11))
  (export "proxy_on_vm_start" (func 12))
  (export "proxy_on_configure" (func 13))
  (export "proxy_on_request_headers" (func 14))
  (export "proxy_on_response_headers" (func 15))
  (export "proxy_on_response_trailers" (func 16))
  (export "proxy_on_log" (func 17))
  (func (;10;) (type 7))
  (func (;11;) (type 8) (param i32) (result i32)
    (local i32)
    global.get 0
    local.set 1
    local.get 0
    i32.const 110592
    local.get 1
    i32.sub
    i32.gt_u
    if ;; label = @1
      i32.const 0
      return
    end
    local.get 1
    local.get 0
    i32.add
    global.set 0
    local.get 1
  )
  (func (;12;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    call $enter
    i32.const 491
    local.set 8
    loop ;; label = @1
      local.get 11
      i32.eqz
      if ;; label = @2
        local.get 8
        local.tee 10
        i32.load16_u align=1
        local.set 9
        i32.const 1
        local.set 11
        local.get 9
        i32.const 128
        i32.and
        if ;; label = @3
          local.get 12
          local.get 9
          i32.const 1
          i32.and
          i32.const 8
          i32.shl
          local.get 9
          i32.const 8
          i32.shr_u
          i32.or
          i32.sub
          i32.const 6140
          i32.add
          local.set 10
          local.get 9
          i32.const 1
          i32.shr_u
          i32.const 63
          i32.and
          local.set 11
          local.get 8
          i32.const 1
          i32.add
          local.set 8
        end
        local.get 8
        i32.const 1
        i32.add
        local.set 8
      end
      local.get 12
      local.get 10
      i32.load8_u
      i32.store8 offset=6140
      local.get 10
      i32.const 1
      i32.add
      local.set 10
      local.get 11
      i32.const 1
      i32.sub
      local.set 11
      local.get 12
      i32.const 1
      i32.add
      local.tee 12
      i32.const 3067
      i32.lt_u
      br_if 0 (;@1;)
    end
    block ;; label = @1
      loop ;; label = @2
        local.get 4
        i32.load8_u offset=6140
        i32.eqz
        if ;; label = @3
          i32.const 0
          local.get 2
          i32.const 6140
          i32.add
          local.get 4
          local.get 2
          i32.sub
          local.get 3
          i32.const 12096
          i32.add
          call 6
          if ;; label = @4
            local.get 3
            i32.const -1
            i32.store offset=12096 align=1
          end
          local.get 3
          i32.const 4
          i32.add
          local.set 3
          local.get 4
          i32.const 1
          i32.add
          local.set 2
        end
        local.get 4
        i32.const 1
        i32.add
        local.tee 4
        i32.const 2521
        i32.lt_u
        br_if 0 (;@2;)
      end
      i32.const 357
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 12288
        i32.const 16
        call 9
        br_if 1 (;@1;)
        i32.const 357
        i32.const 12288
        i32.const 0
        call $write
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 5
          i32.store16 offset=331 align=1
          i32.const 325
          i32.const 110592
          i32.const 0
          call $write
          br_if 2 (;@1;)
          local.get 5
          i32.const 1
          i32.add
          local.tee 5
          i32.const 8192
          i32.lt_u
          br_if 0 (;@3;)
        end
        i32.const 12288
        global.set 3
      end
      global.get 3
      i64.load align=1
      global.set 10
      global.get 3
      i64.load offset=8 align=1
      global.set 11
      loop ;; label = @2
        i32.const 12288
        global.set 0
        local.get 7
        i32.const 27
        i32.mul
        i32.const 244
        i32.add
        local.tee 6
        call $row_of
        i32.eqz
        if ;; label = @3
          local.get 6
          i32.const 110592
          i32.const 0
          call $write
          br_if 2 (;@1;)
        end
        local.get 7
        i32.const 1
        i32.add
        local.tee 7
        i32.const 3
        i32.lt_u
        br_if 0 (;@2;)
      end
      i32.const 1
      return
    end
    i32.const 0
  )
  (func (;13;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32)
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
      global.get 4
      local.set 4
      loop ;; label = @2
        local.get 3
        local.get 4
        i32.lt_u
        if ;; label = @3
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
          local.set 3
          br 1 (;@2;)
        end
      end
    end
    local.get 1
  )
  (func (;14;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32)
    call $enter
    block ;; label = @1
      block ;; label = @2
        i32.const 0
        call $headers
        i32.eqz
        br_if 0 (;@2;)
        i32.const 8661
        i32.const 5
        call $find
        global.set 7
        global.get 4
        i32.const -1
        i32.eq
        br_if 0 (;@2;)
        i32.const 8666
        i32.const 7
        call $find
        local.set 3
        i32.const 8673
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8681
          i32.const 4
          call $equal
          local.get 3
          i32.const 8685
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
                i32.const 32
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=325
                i32.const 325
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8884
                  i32.const 17
                  i32.const 8901
                  i32.const 63
                  i32.const 8777
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              local.get 0
              i32.const 244
              call $admit
              local.tee 4
              if ;; label = @6
                local.get 4
                call $refuse_open
                br 1 (;@5;)
              end
              i32.const 0
            end
            return
          end
        end
        i32.const 8690
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8681
          i32.const 4
          call $equal
          local.get 3
          i32.const 8685
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
                i32.const 32
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=363
                i32.const 363
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8884
                  i32.const 17
                  i32.const 8901
                  i32.const 63
                  i32.const 8777
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 32
              i32.const 8964
              i32.const 6
              call $find
              call $put_text
              i32.const 395
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 8884
                i32.const 17
                i32.const 8901
                i32.const 63
                i32.const 8777
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              local.get 0
              i32.const 271
              call $admit
              local.tee 5
              if ;; label = @6
                local.get 5
                call $refuse_open
                br 1 (;@5;)
              end
              i32.const 0
            end
            return
          end
        end
        i32.const 8700
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8681
          i32.const 4
          call $equal
          local.get 3
          i32.const 8685
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
                i32.const 32
                call $address
                i32.const 3
                i32.mul
                i32.store8 offset=427
                i32.const 427
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8884
                  i32.const 17
                  i32.const 8901
                  i32.const 63
                  i32.const 8777
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 32
              i32.const 8964
              i32.const 6
              call $find
              call $put_text
              i32.const 459
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 8884
                i32.const 17
                i32.const 8901
                i32.const 63
                i32.const 8777
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              local.get 0
              i32.const 298
              call $admit
              local.tee 6
              if ;; label = @6
                local.get 6
                call $refuse_open
                br 1 (;@5;)
              end
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
  (func (;15;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32)
    block ;; label = @1
      local.get 0
      call $ticket_of
      local.tee 3
      i32.eqz
      br_if 0 (;@1;)
      call $enter
      i32.const 4
      local.set 4
      block ;; label = @2
        i32.const 2
        call $headers
        i32.eqz
        br_if 0 (;@2;)
        i32.const 8717
        i32.const 7
        call $find
        local.set 5
        global.get 4
        i32.const 3
        i32.ne
        br_if 0 (;@2;)
        local.get 5
        i32.load8_u
        i32.const 53
        i32.eq
        i32.const 1
        i32.shl
        local.tee 4
        br_if 0 (;@2;)
        i32.const 8724
        i32.const 12
        call $find
        local.tee 5
        i32.const 8747
        i32.const 16
        call $equal
        i32.eqz
        br_if 0 (;@2;)
        local.get 5
        i32.load8_u offset=16
        i32.const 45
        i32.eq
        br_if 0 (;@2;)
        i32.const 8736
        i32.const 11
        call $find
        local.tee 5
        i32.eqz
        local.get 2
        i32.eqz
        i32.and
        if ;; label = @3
          local.get 3
          i32.const 1
          i32.store offset=8 align=1
          br 2 (;@1;)
        end
        local.get 3
        local.get 5
        call $settle_grpc
        return
      end
      local.get 3
      local.get 4
      call $settle
      return
    end
    i32.const 0
  )
  (func (;16;) (type 6) (param i32 i32) (result i32)
    (local i32 i32)
    block ;; label = @1
      local.get 0
      call $ticket_of
      local.tee 2
      i32.eqz
      br_if 0 (;@1;)
      local.get 2
      i32.load offset=8 align=1
      i32.eqz
      br_if 0 (;@1;)
      call $enter
      block ;; label = @2
        i32.const 3
        call $headers
        i32.eqz
        br_if 0 (;@2;)
        i32.const 8736
        i32.const 11
        call $find
        local.set 3
        global.get 4
        i32.const -1
        i32.eq
        br_if 0 (;@2;)
        local.get 2
        local.get 3
        call $settle_grpc
        return
      end
      local.get 2
      i32.const 4
      call $settle
      return
    end
    i32.const 0
  )
  (func (;17;) (type 9) (param i32)
    (local i32 i32)
    local.get 0
    call $ticket_of
    local.tee 1
    i32.eqz
    br_if 0
    call $enter
    i32.const 4
    local.set 2
    local.get 1
    i32.load offset=8 align=1
    if ;; label = @1
      i32.const 8763
      i32.const 14
      i32.const 4
      i32.const 8
      call 0
      call $got
      global.get 4
      i32.const 8
      i32.eq
      i32.and
      if ;; label = @2
        i32.const 2
        global.get 3
        i32.load align=1
        i32.const 14
        i32.shr_u
        i32.const 1
        i32.and
        i32.shl
        local.set 2
      end
    end
    local.get 1
    local.get 2
    call $settle
    drop
  )
  (func $enter (;18;) (type 7)
    i32.const 12288
    global.set 0
    i64.const -1
    global.set 2
    i32.const 1
    i64.const 0
    i32.const 16
    call 8
    i32.eqz
    if ;; label = @1
      i32.const 0
      i64.load offset=16 align=1
      global.set 2
    end
  )
  (func $row_of (;19;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 5
    i32.add
    local.get 0
    i32.load8_u
    i32.const 4
    i32.const 8
    i32.const 12
    call 4
    call $got
    local.get 0
    i32.load16_u offset=3 align=1
    global.get 4
    i32.eq
    i32.and
  )
  (func $write (;20;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $got (;21;) (type 8) (param i32) (result i32)
    i32.const 0
    i32.load offset=8 align=1
    global.set 4
    i32.const 0
    i32.load offset=4 align=1
    global.set 3
    global.get 4
    i32.eqz
    global.get 3
    i32.const 12288
    i32.sub
    i32.const 98304
    i32.lt_u
    global.get 4
    i32.const 110592
    global.get 3
    i32.sub
    i32.le_u
    i32.and
    i32.or
    local.get 0
    i32.eqz
    i32.and
  )
  (func $headers (;22;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 4
    i32.const 8
    call 1
    call $got
    local.set 0
    global.get 3
    global.set 5
    global.get 4
    global.set 6
    local.get 0
  )
  (func $find (;23;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    block ;; label = @1
      global.get 5
      local.tee 5
      i32.load align=1
      local.tee 6
      i32.const 1024
      i32.gt_u
      br_if 0 (;@1;)
      local.get 6
      i32.const 3
      i32.shl
      i32.const 4
      i32.add
      local.set 7
      loop ;; label = @2
        local.get 8
        local.get 6
        i32.lt_u
        if ;; label = @3
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
          i32.const 17
          i32.shr_u
          br_if 2 (;@1;)
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
          br_if 2 (;@1;)
          local.get 3
          local.get 1
          i32.eq
          if ;; label = @4
            local.get 2
            local.get 0
            local.get 1
            call $equal
            if ;; label = @5
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
          local.set 8
          br 1 (;@2;)
        end
      end
      i32.const 0
      global.set 4
      i32.const 0
      return
    end
    i32.const -1
    global.set 4
    i32.const 0
  )
  (func $fits (;24;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32)
    block ;; label = @1
      global.get 6
      local.set 5
      loop ;; label = @2
        local.get 4
        local.get 5
        i32.lt_u
        if ;; label = @3
          block ;; label = @4
            global.get 7
            local.get 4
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
            if ;; label = @5
              local.get 3
              local.get 1
              i32.const 47
              i32.eq
              i32.or
              i32.eqz
              br_if 1 (;@4;)
              local.get 6
              i32.const 1
              i32.sub
              i32.load8_u
              i32.const 47
              i32.eq
              br_if 4 (;@1;)
              local.get 0
              i32.const 1
              i32.add
              local.tee 0
              i32.load8_u
              local.set 2
            end
            local.get 3
            if ;; label = @5
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
            br_if 3 (;@1;)
            local.get 0
            i32.const 1
            i32.add
            local.set 0
          end
          local.get 4
          i32.const 1
          i32.add
          local.set 4
          br 1 (;@2;)
        end
      end
    end
    i32.const 0
  )
  (func $equal (;25;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $count (;26;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=12096 align=1
    i64.const 1
    call 7
    drop
  )
  (func $ticket_of (;27;) (type 8) (param i32) (result i32)
    (local i32)
    local.get 0
    i32.const 4095
    i32.and
    i32.const 32
    i32.mul
    i32.const 110848
    i32.add
    local.tee 1
    i32.const 0
    local.get 1
    i32.load align=1
    local.get 0
    i32.eq
    select
  )
  (func $settle_grpc (;28;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32)
    i32.const 2
    local.set 2
    block ;; label = @1
      global.get 4
      i32.const 1
      i32.sub
      local.tee 3
      i32.const 1
      i32.gt_u
      br_if 0 (;@1;)
      local.get 1
      i32.load8_u
      i32.const 48
      i32.sub
      local.get 3
      i32.mul
      local.set 4
      local.get 1
      local.get 3
      i32.add
      i32.load8_u
      i32.const 48
      i32.sub
      local.set 5
      local.get 4
      i32.const 9
      i32.gt_u
      local.get 5
      i32.const 9
      i32.gt_u
      i32.or
      br_if 0 (;@1;)
      local.get 4
      i32.const 10
      i32.mul
      local.get 5
      i32.add
      local.set 2
    end
    local.get 0
    i32.const 57364
    local.get 2
    i32.shr_u
    local.get 2
    i32.const 32
    i32.lt_u
    i32.and
    i32.const 1
    i32.shl
    call $settle
  )
  (func $settle (;29;) (type 6) (param i32 i32) (result i32)
    (local i32)
    local.get 0
    i32.load offset=4 align=1
    local.set 2
    local.get 0
    i32.const 0
    i32.store align=1
    local.get 1
    local.get 2
    local.get 0
    call $update
  )
  (func $address (;30;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get 1
    i32.const 65536
    i32.and
    local.set 1
    local.get 0
    i32.const 0
    i32.store8
    local.get 0
    i64.const 0
    i64.store offset=1 align=1
    i32.const 8984
    i32.const 8970
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
        i32.const 180
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
        i64.store offset=164 align=1
        i32.const 0
        i64.const 0
        i64.store offset=172 align=1
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
                  i32.const 180
                  i32.eq
                  if ;; label = @8
                    i32.const 0
                    i32.const 65535
                    i32.store16 offset=168 align=1
                    i32.const 168
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
                    i32.const 228
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
          i32.const 392
          i32.lt_u
          br_if 1 (;@2;)
          i32.const 0
          i32.const 0
          i64.load offset=164 align=1
          local.get 10
          i64.load align=1
          i64.or
          i64.store offset=164 align=1
          i32.const 0
          i32.const 0
          i64.load offset=172 align=1
          local.get 10
          i64.load offset=8 align=1
          i64.or
          i64.store offset=172 align=1
        else
          local.get 10
          i32.const 164
          i32.ne
          br_if 1 (;@2;)
        end
        i32.const 0
        i64.load offset=172 align=1
        i64.eqz
        i32.const 0
        i32.load offset=168 align=1
        i32.const 65535
        i32.eq
        i32.and
        local.set 15
        local.get 0
        i32.const 4
        i32.const 6
        local.get 15
        select
        i32.store8
        local.get 0
        i32.const 0
        i32.load offset=164 align=1
        i64.extend_i32_u
        i32.const 0
        i64.load offset=172 align=1
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
  (func $ask (;31;) (type 6) (param i32 i32) (result i32)
    (local i64)
    i32.const 0
    local.get 0
    i64.load offset=8 align=1
    i64.store offset=24 align=1
    i32.const 24
    local.get 1
    call $hash
    local.tee 2
    i64.const 1
    i64.or
    global.set 12
    local.get 0
    local.get 2
    i64.const 51
    i64.shr_u
    i32.wrap_i64
    i32.store16 offset=6 align=1
    i32.const 1
    local.get 0
    i32.const 0
    call $update
  )
  (func $admit (;32;) (type 6) (param i32 i32) (result i32)
    (local i32 i32)
    i32.const 3
    local.get 1
    i32.const 0
    call $update
    local.set 2
    block ;; label = @1
      global.get 8
      i32.const 6
      i32.and
      local.get 2
      i32.or
      br_if 0 (;@1;)
      local.get 0
      i32.const 4095
      i32.and
      i32.const 32
      i32.mul
      i32.const 110848
      i32.add
      local.tee 3
      local.get 0
      i32.store align=1
      local.get 3
      local.get 1
      i64.extend_i32_u
      i64.store offset=4 align=1
      local.get 3
      global.get 3
      i64.load align=1
      i64.store offset=16 align=1
      local.get 3
      global.get 3
      i64.load offset=24 align=1
      i64.store offset=24 align=1
    end
    local.get 2
  )
  (func $refuse_open (;33;) (type 8) (param i32) (result i32)
    i32.const 0
    local.get 0
    i32.const 48
    i32.add
    i32.store8 offset=9118
    i32.const 503
    i32.const 9120
    i32.const 22
    i32.const 9142
    i32.const 65
    i32.const 9008
    i32.const 112
    i32.const 14
    call 3
    i32.eqz
  )
  (func $put_text (;34;) (type 10) (param i32 i32)
    (local i64)
    global.get 4
    i32.const 0
    local.get 1
    select
    global.set 4
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
  (func $update (;35;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64)
    i32.const 4
    local.set 4
    global.get 0
    local.set 5
    block ;; label = @1
      block ;; label = @2
        global.get 2
        i64.const -1
        i64.eq
        br_if 0 (;@2;)
        loop ;; label = @3
          local.get 5
          global.set 0
          local.get 1
          call $row_of
          i32.eqz
          br_if 1 (;@2;)
          i32.const 0
          global.set 9
          local.get 0
          i32.const 1
          i32.eq
          if ;; label = @4
            global.get 2
            local.tee 16
            local.get 1
            i64.load offset=24 align=1
            call $sum
            local.tee 17
            local.get 1
            i64.load offset=16 align=1
            call $sum
            local.set 18
            global.get 3
            local.tee 8
            local.set 7
            i64.const -1
            local.set 20
            block ;; label = @5
              i32.const 0
              local.set 9
              loop ;; label = @6
                local.get 8
                i64.load offset=8 align=1
                local.set 19
                local.get 8
                i64.load align=1
                global.get 12
                i64.eq
                if ;; label = @7
                  i64.const 0
                  local.set 20
                  local.get 8
                  local.set 7
                  br 2 (;@5;)
                end
                local.get 19
                local.get 20
                i64.lt_u
                if ;; label = @7
                  local.get 19
                  local.set 20
                  local.get 8
                  local.set 7
                end
                local.get 8
                i32.const 16
                i32.add
                local.set 8
                local.get 9
                i32.const 1
                i32.add
                local.tee 9
                i32.const 16
                i32.lt_u
                br_if 0 (;@6;)
              end
              i64.const 0
              local.set 19
            end
            local.get 19
            local.set 21
            local.get 19
            local.get 18
            local.get 19
            local.get 18
            i64.lt_u
            select
            local.tee 19
            local.get 16
            local.get 19
            local.get 16
            i64.gt_u
            select
            local.tee 22
            local.get 17
            i64.gt_u
            local.tee 3
            i32.eqz
            if ;; label = @5
              local.get 22
              local.get 1
              i64.load offset=16 align=1
              call $sum
              local.set 19
            end
            i32.const 8
            i32.const 1
            local.get 3
            select
            local.get 20
            local.get 16
            i64.gt_u
            i32.const 4
            i32.shl
            i32.or
            global.set 8
            local.get 19
            local.get 21
            i64.ne
            if ;; label = @5
              i32.const 1
              global.set 9
              local.get 7
              global.get 12
              i64.store align=1
              local.get 7
              local.get 19
              i64.store offset=8 align=1
            end
          else
            local.get 0
            i32.const 3
            i32.eq
            if ;; label = @5
              i64.const 0
              local.set 23
              i32.const 1
              global.set 8
              block ;; label = @6
                global.get 3
                i32.load offset=8 align=1
                local.tee 10
                i32.eqz
                br_if 0 (;@6;)
                local.get 10
                i32.const 1
                i32.eq
                local.tee 11
                global.get 3
                i64.load offset=32 align=1
                i64.eqz
                i32.eqz
                i32.or
                if ;; label = @7
                  local.get 1
                  global.get 3
                  i32.const 16
                  i32.const 40
                  local.get 11
                  select
                  i32.add
                  call $left
                  local.set 23
                end
                local.get 23
                i64.eqz
                if ;; label = @7
                  local.get 11
                  if ;; label = @8
                    i32.const 2
                    call $change
                  end
                  global.get 3
                  global.get 3
                  i64.load offset=24 align=1
                  i64.const 1
                  i64.add
                  i64.store offset=24 align=1
                  global.get 3
                  global.get 3
                  i64.load offset=24 align=1
                  i64.store offset=32 align=1
                  global.get 3
                  global.get 2
                  i64.store offset=40 align=1
                  i32.const 1
                  global.set 9
                  i32.const 65
                  global.set 8
                else
                  i32.const 8
                  global.set 8
                end
              end
              local.get 23
              i64.const 999999999
              i64.add
              i64.const 1000000000
              i64.div_u
              i32.wrap_i64
              local.set 3
            else
              i32.const 0
              global.set 8
              block ;; label = @6
                global.get 3
                i64.load align=1
                local.get 2
                i64.load offset=16 align=1
                i64.ne
                br_if 0 (;@6;)
                global.get 3
                i32.load offset=8 align=1
                local.tee 12
                i32.eqz
                if ;; label = @7
                  local.get 0
                  i32.const 4
                  i32.eq
                  br_if 1 (;@6;)
                  global.get 3
                  i32.load offset=12 align=1
                  i32.const 1
                  i32.add
                  local.get 0
                  i32.const 1
                  i32.shr_u
                  i32.mul
                  local.tee 13
                  global.get 3
                  i32.load offset=12 align=1
                  i32.eq
                  br_if 1 (;@6;)
                  global.get 3
                  local.get 13
                  i32.store offset=12 align=1
                  local.get 13
                  local.get 1
                  i32.load offset=23 align=1
                  i32.ge_u
                  if ;; label = @8
                    i32.const 1
                    call $change
                  end
                else
                  global.get 3
                  i64.load offset=32 align=1
                  local.get 2
                  i64.load offset=24 align=1
                  i64.ne
                  br_if 1 (;@6;)
                  global.get 3
                  i64.const 0
                  i64.store offset=32 align=1
                  local.get 1
                  global.get 3
                  i32.const 40
                  i32.add
                  call $left
                  i64.eqz
                  i32.eqz
                  if ;; label = @8
                    local.get 0
                    i32.const 4
                    i32.ne
                    if ;; label = @9
                      local.get 0
                      i32.const 1
                      i32.shr_u
                      call $change
                    end
                  end
                end
                i32.const 1
                global.set 9
              end
            end
          end
          global.get 9
          i32.eqz
          br_if 2 (;@1;)
          local.get 1
          global.get 3
          i32.const 0
          i32.load offset=12 align=1
          call $write
          local.tee 14
          i32.eqz
          br_if 2 (;@1;)
          local.get 14
          i32.const 8
          i32.ne
          br_if 1 (;@2;)
          local.get 6
          i32.const 1
          i32.add
          local.tee 6
          i32.const 16
          i32.lt_u
          br_if 0 (;@3;)
        end
        i32.const 2
        local.set 4
      end
      local.get 0
      i32.const 1
      i32.and
      local.get 4
      i32.or
      global.set 8
      i32.const 0
      local.set 3
    end
    loop ;; label = @1
      global.get 8
      local.get 15
      i32.shr_u
      i32.const 1
      i32.and
      if ;; label = @2
        local.get 1
        i32.load16_u offset=1 align=1
        local.get 15
        i32.add
        call $count
      end
      local.get 15
      i32.const 1
      i32.add
      local.tee 15
      i32.const 7
      i32.lt_u
      br_if 0 (;@1;)
    end
    local.get 3
  )
  (func $hash (;36;) (type 11) (param i32 i32) (result i64)
    (local i32 i32 i32 i64 i64 i64 i64 i64)
    global.get 10
    i64.const 8317987319222330741
    i64.xor
    local.set 5
    global.get 11
    i64.const 7237128888997146477
    i64.xor
    local.set 6
    global.get 10
    i64.const 7816392313619706465
    i64.xor
    local.set 7
    global.get 11
    i64.const 8387220255154660723
    i64.xor
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
  (func $sum (;37;) (type 12) (param i64 i64) (result i64)
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
  (func $left (;38;) (type 11) (param i32 i32) (result i64)
    (local i64)
    local.get 1
    i64.load align=1
    global.get 2
    i64.gt_u
    if ;; label = @1
      local.get 1
      global.get 2
      i64.store align=1
      i32.const 1
      global.set 9
    end
    global.get 2
    local.get 1
    i64.load align=1
    i64.sub
    local.set 2
    local.get 0
    i64.load offset=15 align=1
    local.get 2
    i64.sub
    i64.const 0
    local.get 2
    local.get 0
    i64.load offset=15 align=1
    i64.lt_u
    select
  )
  (func $change (;39;) (type 9) (param i32)
    global.get 3
    global.get 3
    i64.load align=1
    i64.const 1
    i64.add
    i64.store align=1
    global.get 3
    local.get 0
    i64.extend_i32_u
    i64.store offset=8 align=1
    global.get 3
    global.get 2
    i64.store offset=16 align=1
    i32.const 16
    local.get 0
    i32.shl
    global.set 8
  )
  (data (;0;) (i32.const 244) "\0a\06\000\00b\01S\c7\02=\02\d0K\a6\00\f2\05*\01\00\00\00\07\00\00\00\0a\17\000\00b\01t|\81i\13\f1\d4{\00\f2\05*\01\00\00\00\07\00\00\00\0a(\000\00b\01P\91\bc\cf\ad\05\9fT\00\f2\05*\01\00\00\00\03\00\00\00\03\01\00\00\01l\00\00\be\e6\1b\b4\00}\12\b0\00\c2\eb\0b\00\00\00\00\00\08\af/\00\00\00\00\01\00\00\10\00s\03\0d\00\00\01l\00\00 \06\ad\c8;\05\b6\f2\80\96\98\00\00\00\00\00\803\02;\00\00\00\00\03\12\00\00\01l\00\00\c7\e0\9c\b2\82\19\f3u\80\8d[\00\00\00\00\00\80\ca\eb\f7\0d\00\00\00\03\1e\00\00\01l\00\00\f2O1\ea\da\ee\e5\d5\80\96\98\00\00\00\00\00\803\02;\00\00\00\00\03#\00\00\01l\00\00\1a\11T\b2J\abX\8e\80\8d[\00\00\00\00\00\80\ca\eb\f7\0d\00\00\00cherry.user.v1.unreadable\00\9e\1aget_\88\0cs.rate_limit.0.passed\ce-cas_exhaust\d24host_\86)or\ce1\8a\08\d2_evic\86._in_debt\b46circuit_b\87!k\86\1d\c0\f9\a00\ce\fc\a07\c8\ff\a04refu\dc\9clo\da0open\d80probes\b20_id\9d\95\bf\5c\a20\cd\5c\a27\c7\5c\a24\8a\08\d8eevic\861_in_debt\d091\df\051\ed\051\e7\051\e1\051\db\05circuit_break\86 \c7\08\a03\d5\0b\a0:\cf\0e\a07refu\e2\a5lo\e03open\de3probes\b83_avatar\99\b10\c7u\aa7\d3y\aa>\cd}\aa;\8a\08\e6sevic\868_in_debt\de@1\ed(1\fb(1\f5(1\ef(1\e9(circuit_break\86'\d5+\a0:\e3.\a0A\dd1\a0>refu\f0\balo\ee:open\ec:probes\00:path:method/\8a4\00\01GET\00HEAD\00\8c\11/\03\00\01\90\0a/\8cN\00\01:statuscontent-typegrpc-\8c\17application/\88\17response\00flags\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8c\cc-po\86By\00rate_limit\00\98l\00\98b\88\cblem+json\00ret\86>after\001\8f\19_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requests\86\1c\8c\d3\22:429}x-teamsourc\86\84dd\86\d9sfil\86m_\88'e\91\8apeer\90\e7\0f\c6\e7\9f\9e\e6\ec0\90\ec\9eK\be\f1Service Un\87\daila\86]\96\f3503}")
  (@custom "cherryc" (after data) "user/v1 1.2.0\0acherryc 0.1.0\0a")
)
