(module $"user/v1 1.2.0"
  (type (;0;) (func (param i32 i32 i32 i32) (result i32)))
  (type (;1;) (func (param i32 i32 i32) (result i32)))
  (type (;2;) (func (param i32 i32 i32 i32 i32) (result i32)))
  (type (;3;) (func (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (type (;4;) (func (param i32 i64) (result i32)))
  (type (;5;) (func (param i32 i32) (result i32)))
  (type (;6;) (func (param i32 i64 i32) (result i32)))
  (type (;7;) (func))
  (type (;8;) (func (param i32) (result i32)))
  (type (;9;) (func (param i32)))
  (type (;10;) (func (param i32 i32)))
  (type (;11;) (func (param i32 i32) (result i64)))
  (type (;12;) (func (result i32)))
  (import "env" "proxy_get_property" (func (;0;) (type 0) (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_header_map_pairs" (func (;1;) (type 1) (param i32 i32 i32) (result i32)))
  (import "env" "proxy_get_buffer_bytes" (func (;2;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_send_local_response" (func (;3;) (type 3) (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_get_shared_data" (func (;4;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_set_shared_data" (func (;5;) (type 2) (param i32 i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_define_metric" (func (;6;) (type 0) (param i32 i32 i32 i32) (result i32)))
  (import "env" "proxy_increment_metric" (func (;7;) (type 4) (param i32 i64) (result i32)))
  (import "env" "proxy_get_metric" (func (;8;) (type 5) (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func (;9;) (type 6) (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func (;10;) (type 5) (param i32 i32) (result i32)))
  (memory (;0;) 4 4)
  (global (;0;) (mut i32) i32.const 12160)
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
  (export "memory" (memory 0))
  (export "proxy_abi_version_0_2_1" (func $enter))
  (export "malloc" (func 12))
  (export "proxy_on_vm_start" (func 13))
  (export "proxy_on_configure" (func 14))
  (export "proxy_on_request_headers" (func 15))
  (export "proxy_on_response_headers" (func 16))
  (export "proxy_on_log" (func 17))
  (func $enter (;11;) (type 7)
    i32.const 12160
    global.set 0
  )
  (func (;12;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 110464
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
  (func (;13;) (type 5) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 495
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
          i32.const 5864
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
      local.get 10
      i32.load8_u
      local.set 5
      local.get 12
      local.get 5
      i32.store8 offset=5864
      local.get 10
      i32.const 1
      i32.add
      local.set 10
      local.get 11
      i32.const 1
      i32.sub
      local.set 11
      local.get 5
      local.get 12
      i32.const 2241
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        local.get 7
        i32.eqz
        local.get 6
        i32.const 5864
        i32.add
        local.get 12
        local.get 6
        i32.sub
        local.get 7
        i32.const 11520
        i32.add
        call 6
        if ;; label = @3
          local.get 7
          i32.const -1
          i32.store offset=11520 align=1
        end
        local.get 7
        i32.const 4
        i32.add
        local.set 7
        local.get 12
        i32.const 1
        i32.add
        local.set 6
      end
      local.get 12
      i32.const 1
      i32.add
      local.tee 12
      i32.const 2787
      i32.lt_u
      br_if 0 (;@1;)
    end
    block ;; label = @1
      i32.const 120
      global.set 10
      i32.const 361
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 132
        i32.const 32
        call 10
        br_if 1 (;@1;)
        i32.const 361
        i32.const 132
        i32.const 0
        call $write
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 2
          i32.store16 offset=335 align=1
          i32.const 329
          i32.const 110464
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
      i32.const 0
      call $count
      i32.const 11980
      global.set 10
      loop ;; label = @2
        local.get 4
        i32.const 27
        i32.mul
        i32.const 248
        i32.add
        local.tee 3
        call $row_of
        i32.eqz
        if ;; label = @3
          local.get 3
          i32.const 110464
          i32.const 0
          call $write
          br_if 2 (;@1;)
        end
        local.get 4
        i32.const 1
        i32.add
        local.tee 4
        i32.const 3
        i32.lt_u
        br_if 0 (;@2;)
      end
      i32.const 1
      return
    end
    i32.const 0
  )
  (func (;14;) (type 5) (param i32 i32) (result i32)
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
  (func (;15;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32)
    call $enter
    block ;; label = @1
      block ;; label = @2
        i32.const 0
        call $headers
        i32.const 8105
        i32.const 5
        call $find
        global.set 7
        global.get 7
        i32.eqz
        br_if 0 (;@2;)
        i32.const 8110
        i32.const 7
        call $find
        local.set 3
        i32.const 8117
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8125
          i32.const 4
          call $equal
          local.get 3
          i32.const 8129
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
                i32.store8 offset=329
                i32.const 329
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8328
                  i32.const 17
                  i32.const 8345
                  i32.const 63
                  i32.const 8221
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              local.get 0
              i32.const 248
              call $admit
              local.tee 4
              if ;; label = @6
                local.get 4
                call $refuse_open
                br 1 (;@5;)
              end
              i32.const 2
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 8134
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8125
          i32.const 4
          call $equal
          local.get 3
          i32.const 8129
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
                i32.store8 offset=367
                i32.const 367
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8328
                  i32.const 17
                  i32.const 8345
                  i32.const 63
                  i32.const 8221
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 60
              i32.const 8408
              i32.const 6
              call $find
              call $put_text
              i32.const 399
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 8328
                i32.const 17
                i32.const 8345
                i32.const 63
                i32.const 8221
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              local.get 0
              i32.const 275
              call $admit
              local.tee 5
              if ;; label = @6
                local.get 5
                call $refuse_open
                br 1 (;@5;)
              end
              i32.const 13
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 8144
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 8125
          i32.const 4
          call $equal
          local.get 3
          i32.const 8129
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
                i32.store8 offset=431
                i32.const 431
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 8328
                  i32.const 17
                  i32.const 8345
                  i32.const 63
                  i32.const 8221
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 60
              i32.const 8408
              i32.const 6
              call $find
              call $put_text
              i32.const 463
              i32.const 17
              call $ask
              if ;; label = @6
                i32.const 429
                i32.const 8328
                i32.const 17
                i32.const 8345
                i32.const 63
                i32.const 8221
                i32.const 107
                i32.const 8
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              local.get 0
              i32.const 302
              call $admit
              local.tee 6
              if ;; label = @6
                local.get 6
                call $refuse_open
                br 1 (;@5;)
              end
              i32.const 28
              call $count
              i32.const 0
            end
            return
          end
        end
        br 1 (;@1;)
        br 1 (;@1;)
      end
      i32.const 1
      call $count
    end
    i32.const 0
  )
  (func (;16;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32)
    block ;; label = @1
      local.get 0
      call $ticket_of
      local.tee 3
      i32.eqz
      br_if 0 (;@1;)
      i32.const 2
      call $headers
      block ;; label = @2
        i32.const 8161
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
        i32.add
        local.tee 4
        i32.const 1
        i32.shr_u
        br_if 0 (;@2;)
        i32.const 8168
        i32.const 12
        call $find
        local.tee 5
        i32.const 8191
        i32.const 16
        call $equal
        i32.eqz
        br_if 0 (;@2;)
        local.get 5
        i32.load8_u offset=16
        i32.const 45
        i32.eq
        br_if 0 (;@2;)
        i32.const 8180
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
        local.get 5
        call $grpc_outcome
        local.set 4
      end
      local.get 3
      local.get 4
      call $settle
      drop
    end
    i32.const 0
  )
  (func (;17;) (type 9) (param i32)
    (local i32 i32 i32)
    local.get 0
    call $ticket_of
    local.tee 1
    i32.eqz
    br_if 0
    local.get 1
    i32.load offset=8 align=1
    if ;; label = @1
      i32.const 3
      call $headers
      i32.const 8180
      i32.const 11
      call $find
      local.tee 3
      if ;; label = @2
        local.get 3
        call $grpc_outcome
        local.set 2
      else
        i32.const 8207
        i32.const 14
        i32.const 4
        i32.const 8
        call 0
        call $got
        global.get 4
        i32.const 8
        i32.eq
        i32.and
        if ;; label = @3
          global.get 3
          i32.load align=1
          i32.const 16384
          i32.and
          i32.eqz
          i32.const 1
          i32.shl
          local.set 2
        end
      end
    end
    local.get 1
    local.get 2
    call $settle
    drop
  )
  (func $row_of (;18;) (type 8) (param i32) (result i32)
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
  (func $write (;19;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $count (;20;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=11520 align=1
    i64.const 1
    call 7
    drop
  )
  (func $got (;21;) (type 8) (param i32) (result i32)
    i32.const 0
    i32.load offset=8 align=1
    global.set 4
    i32.const 0
    i32.load offset=4 align=1
    global.set 3
    global.get 3
    i32.const 110464
    i32.lt_u
    global.get 4
    i32.const 110464
    global.get 3
    i32.sub
    i32.le_u
    i32.and
    local.get 0
    i32.eqz
    i32.and
  )
  (func $headers (;22;) (type 9) (param i32)
    local.get 0
    i32.const 4
    i32.const 8
    call 1
    call $got
    global.get 3
    i32.mul
    global.set 5
    global.get 4
    global.set 6
  )
  (func $find (;23;) (type 5) (param i32 i32) (result i32)
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
  (func $fits (;24;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32)
    block ;; label = @1
      loop ;; label = @2
        block ;; label = @3
          global.get 7
          local.get 4
          i32.add
          local.tee 5
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
            local.get 5
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
        local.get 4
        i32.const 1
        i32.add
        local.tee 4
        global.get 6
        i32.lt_u
        br_if 0 (;@2;)
      end
    end
    i32.const 0
  )
  (func $equal (;25;) (type 1) (param i32 i32 i32) (result i32)
    (local i32)
    loop ;; label = @1
      local.get 0
      local.get 3
      i32.add
      i32.load8_u
      local.get 1
      local.get 3
      i32.add
      i32.load8_u
      i32.ne
      if ;; label = @2
        i32.const 0
        return
      end
      local.get 3
      i32.const 1
      i32.add
      local.tee 3
      local.get 2
      i32.lt_u
      br_if 0 (;@1;)
    end
    i32.const 1
  )
  (func $ticket_of (;26;) (type 8) (param i32) (result i32)
    (local i32)
    call $enter
    local.get 0
    i32.const 4095
    i32.and
    i32.const 32
    i32.mul
    i32.const 110720
    i32.add
    local.tee 1
    i32.const 0
    local.get 1
    i32.load align=1
    local.get 0
    i32.eq
    select
  )
  (func $grpc_outcome (;27;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32)
    i32.const 2
    local.set 1
    block ;; label = @1
      global.get 4
      i32.const 1
      i32.sub
      local.tee 2
      i32.const 1
      i32.gt_u
      br_if 0 (;@1;)
      local.get 0
      i32.load8_u
      i32.const 48
      i32.sub
      local.get 2
      i32.mul
      local.set 3
      local.get 0
      local.get 2
      i32.add
      i32.load8_u
      i32.const 48
      i32.sub
      local.set 4
      local.get 3
      i32.const 9
      i32.gt_u
      local.get 4
      i32.const 9
      i32.gt_u
      i32.or
      br_if 0 (;@1;)
      local.get 3
      i32.const 10
      i32.mul
      local.get 4
      i32.add
      local.set 1
    end
    i32.const 57364
    local.get 1
    i32.shr_u
    local.get 1
    i32.const 32
    i32.lt_u
    i32.and
    i32.const 1
    i32.add
  )
  (func $settle (;28;) (type 5) (param i32 i32) (result i32)
    local.get 0
    i32.const 0
    i32.store align=1
    local.get 1
    local.get 0
    i32.load offset=4 align=1
    local.get 0
    call $update
  )
  (func $address (;29;) (type 8) (param i32) (result i32)
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
    i32.const 8428
    i32.const 8414
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
  (func $ask (;30;) (type 5) (param i32 i32) (result i32)
    (local i64)
    i32.const 0
    local.get 0
    i64.load offset=8 align=1
    i64.store offset=52 align=1
    i32.const 52
    local.get 1
    call $hash
    local.tee 2
    i64.const 1
    i64.or
    global.set 11
    local.get 0
    local.get 2
    i64.const 51
    i64.shr_u
    i32.wrap_i64
    i32.store16 offset=6 align=1
    i32.const 3
    local.get 0
    i32.const 0
    call $update
  )
  (func $admit (;31;) (type 5) (param i32 i32) (result i32)
    (local i32 i32)
    i32.const 4
    local.get 1
    i32.const 0
    call $update
    local.set 2
    block ;; label = @1
      global.get 8
      i32.const 1
      i32.and
      local.get 2
      i32.or
      br_if 0 (;@1;)
      local.get 0
      i32.const 4095
      i32.and
      i32.const 32
      i32.mul
      i32.const 110720
      i32.add
      local.tee 3
      local.get 0
      i32.store align=1
      local.get 3
      local.get 1
      i64.extend_i32_u
      i64.store offset=4 align=1
      local.get 3
      global.get 10
      i64.load offset=12 align=1
      i64.store offset=16 align=1
    end
    local.get 2
  )
  (func $refuse_open (;32;) (type 8) (param i32) (result i32)
    i32.const 0
    local.get 0
    i32.const 48
    i32.add
    i32.store8 offset=8562
    i32.const 503
    i32.const 8564
    i32.const 22
    i32.const 8586
    i32.const 65
    i32.const 8452
    i32.const 112
    i32.const 14
    call 3
    i32.eqz
  )
  (func $put_text (;33;) (type 10) (param i32 i32)
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
  (func $update (;34;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64)
    global.get 0
    local.set 4
    block ;; label = @1
      block ;; label = @2
        loop ;; label = @3
          i32.const 0
          global.set 9
          i32.const 0
          global.set 8
          local.get 0
          i32.const 3
          i32.eq
          if ;; label = @4
            call $clock
            br_if 2 (;@2;)
            i32.const 11712
            global.set 10
            local.get 1
            call $row_of
            i32.eqz
            br_if 2 (;@2;)
            global.get 2
            local.tee 13
            local.get 1
            i64.load offset=24 align=1
            i64.add
            local.tee 14
            local.get 1
            i64.load offset=16 align=1
            i64.add
            local.set 15
            global.get 10
            i32.const 12
            i32.add
            local.tee 7
            local.set 6
            i64.const -1
            local.set 17
            block ;; label = @5
              i32.const 0
              local.set 8
              loop ;; label = @6
                local.get 7
                i64.load offset=8 align=1
                local.set 16
                local.get 7
                i64.load align=1
                global.get 11
                i64.eq
                if ;; label = @7
                  i64.const 0
                  local.set 17
                  local.get 7
                  local.set 6
                  br 2 (;@5;)
                end
                local.get 16
                local.get 17
                i64.lt_u
                if ;; label = @7
                  local.get 16
                  local.set 17
                  local.get 7
                  local.set 6
                end
                local.get 7
                i32.const 16
                i32.add
                local.set 7
                local.get 8
                i32.const 1
                i32.add
                local.tee 8
                i32.const 16
                i32.lt_u
                br_if 0 (;@6;)
              end
              i64.const 0
              local.set 16
            end
            local.get 16
            local.set 18
            local.get 16
            local.get 15
            local.get 16
            local.get 15
            i64.lt_u
            select
            local.tee 16
            local.get 13
            local.get 16
            local.get 13
            i64.gt_u
            select
            local.tee 19
            local.get 14
            i64.gt_u
            local.tee 3
            i32.eqz
            if ;; label = @5
              local.get 19
              local.get 1
              i64.load offset=16 align=1
              i64.add
              local.set 16
            end
            local.get 3
            i32.const 2
            i32.mul
            local.get 17
            local.get 13
            i64.gt_u
            i32.const 4
            i32.mul
            i32.or
            global.set 8
            local.get 16
            local.get 18
            i64.ne
            global.set 9
            local.get 6
            global.get 11
            i64.store align=1
            local.get 6
            local.get 16
            i64.store offset=8 align=1
          else
            local.get 1
            i32.const 2
            i32.mul
            i32.const 11484
            i32.add
            global.set 10
            i32.const 0
            i32.load offset=11520 align=1
            i32.const 176
            call 8
            global.get 10
            i64.load offset=4 align=1
            i32.const 0
            i64.load offset=176 align=1
            i64.ne
            i32.or
            global.get 10
            i64.load offset=4 align=1
            i64.eqz
            i32.or
            global.get 10
            i64.const 0
            i64.store offset=4 align=1
            if ;; label = @5
              local.get 1
              call $row_of
              i32.eqz
              br_if 3 (;@2;)
            end
            local.get 2
            if ;; label = @5
              block ;; label = @6
                global.get 10
                i64.load offset=12 align=1
                local.get 2
                i64.load offset=16 align=1
                i64.ne
                br_if 0 (;@6;)
                global.get 10
                i32.load offset=20 align=1
                i32.eqz
                if ;; label = @7
                  local.get 0
                  i32.eqz
                  br_if 1 (;@6;)
                  global.get 10
                  i32.load offset=24 align=1
                  i32.const 1
                  i32.add
                  local.get 0
                  i32.const 1
                  i32.shr_u
                  i32.mul
                  local.tee 10
                  global.get 10
                  i32.load offset=24 align=1
                  i32.eq
                  br_if 1 (;@6;)
                  call $clock
                  br_if 5 (;@2;)
                  global.get 10
                  local.get 10
                  i32.store offset=24 align=1
                  local.get 10
                  local.get 1
                  i32.load offset=23 align=1
                  i32.ge_u
                  if ;; label = @8
                    i32.const 1
                    call $change
                  end
                else
                  call $clock
                  br_if 5 (;@2;)
                  global.get 10
                  i32.const 1
                  i32.store offset=24 align=1
                  local.get 1
                  global.get 10
                  i32.const 28
                  i32.add
                  call $left_of
                  i64.eqz
                  i32.eqz
                  if ;; label = @8
                    local.get 0
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
            else
              i64.const 0
              local.set 20
              block ;; label = @6
                global.get 10
                i32.load offset=20 align=1
                i32.eqz
                br_if 0 (;@6;)
                call $clock
                br_if 4 (;@2;)
                global.get 10
                i32.load offset=24 align=1
                i32.eqz
                if ;; label = @7
                  local.get 1
                  global.get 10
                  i32.const 28
                  i32.add
                  call $left_of
                  local.set 20
                end
                local.get 20
                i64.eqz
                if ;; label = @7
                  i32.const 2
                  call $change
                  i32.const 1
                  global.set 9
                else
                  i32.const 2
                  global.set 8
                end
              end
              local.get 20
              i64.const 999999999
              i64.add
              i64.const 1000000000
              i64.div_u
              i32.wrap_i64
              local.set 3
            end
          end
          global.get 9
          i32.eqz
          if ;; label = @4
            global.get 10
            i32.const 0
            i64.load offset=176 align=1
            i64.store offset=4 align=1
            br 3 (;@1;)
          end
          local.get 1
          global.get 10
          i32.const 12
          i32.add
          global.get 10
          i32.load align=1
          call $write
          local.tee 12
          i32.eqz
          if ;; label = @4
            local.get 0
            i32.const 3
            i32.ne
            if ;; label = @5
              i32.const 0
              call $count
            end
            br 3 (;@1;)
          end
          local.get 12
          i32.const 8
          i32.ne
          br_if 1 (;@2;)
          local.get 5
          i32.const 1
          i32.add
          local.tee 5
          i32.const 16
          i32.lt_u
          br_if 0 (;@3;)
        end
      end
      local.get 5
      i32.const 3
      i32.shr_u
      i32.const 1
      i32.or
      global.set 8
      i32.const 0
      local.set 3
    end
    local.get 4
    global.set 0
    global.get 8
    if ;; label = @1
      local.get 1
      i32.load16_u offset=1 align=1
      global.get 8
      i32.add
      call $count
    end
    local.get 3
  )
  (func $hash (;35;) (type 11) (param i32 i32) (result i64)
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
  (func $clock (;36;) (type 12) (result i32)
    i32.const 1
    i64.const 0
    i32.const 4
    call 9
    i32.const 0
    i64.load offset=4 align=1
    global.set 2
  )
  (func $change (;37;) (type 9) (param i32)
    global.get 10
    global.get 10
    i64.load offset=12 align=1
    i64.const 1
    i64.add
    i64.store offset=12 align=1
    global.get 10
    local.get 0
    i64.extend_i32_u
    i64.store offset=20 align=1
    global.get 10
    global.get 2
    i64.store offset=28 align=1
    local.get 0
    i32.const 4
    i32.add
    global.set 8
  )
  (func $left_of (;38;) (type 11) (param i32 i32) (result i64)
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
    local.get 0
    i64.load offset=15 align=1
    global.get 2
    local.get 1
    i64.load align=1
    i64.sub
    i64.sub
    local.tee 2
    i64.const 0
    local.get 2
    i64.const 0
    i64.gt_s
    select
  )
  (data (;0;) (i32.const 248) "\0a\06\00\18\00b\00S\c7\02=\02\d0K\a6\00\f2\05*\01\00\00\00\07\00\00\00\0a\15\00\18\00b\00t|\81i\13\f1\d4{\00\f2\05*\01\00\00\00\07\00\00\00\0a$\00\18\00b\00P\91\bc\cf\ad\05\9fT\00\f2\05*\01\00\00\00\03\00\00\00\03\02\00\00\01l\00\00\be\e6\1b\b4\00}\12\b0\00\c2\eb\0b\00\00\00\00\00\08\af/\00\00\00\00\01\00\00 \00s\03\0d\00\00\01l\00\00 \06\ad\c8;\05\b6\f2\80\96\98\00\00\00\00\00\803\02;\00\00\00\00\03\11\00\00\01l\00\00\c7\e0\9c\b2\82\19\f3u\80\8d[\00\00\00\00\00\80\ca\eb\f7\0d\00\00\00\03\1c\00\00\01l\00\00\f2O1\ea\da\ee\e5\d5\80\96\98\00\00\00\00\00\803\02;\00\00\00\00\03 \00\00\01l\00\00\1a\11T\b2J\abX\8e\80\8d[\00\00\00\00\00\80\ca\eb\f7\0d\00\00\00cherry.user.v1.gen\00\9e\13unreadable\a0\1aget_\88\0cs.passed\b4 rate_limit.0.host_\86)or\ce1\8a\08\d2_cas_exhaus\d44evic\86._in_debt\b46circuit_b\87\14k\86\1d\c8\cc\a04refu\bb.\a01\ce\d2\a27lo\dagopen\d80probes\b20_id.pas\b8\83\88#\9b\88\c7O\a24\8a\08\d8e\cdO\a27evic\861_in_debt\d091\e6\d51\e0\d51\ec\d51\da\d5circuit_break\86 \ce\d8\a07ref\86\1cd\da4\d4\de\a2:lo\e0mopen\de3probes\b83_avata\86*as\be\90\90*\97\a80\cfl\aa;\8a\08\e6s\d3t\aa>evic\868_in_debt\de@1\f4\f11\ee\f11\fa\f11\e8\f1circuit_break\86'\dc\f4\a0>ref\86#d\e8;\e2\fa\a2Alo\ee{open\ec:probes\00:path:method/\8a4\00\01GET\00HEAD\00\8c\11/\03\00\01\90\0a/\8cN\00\01:statuscontent-typegrpc-\8c\17application/\88\17response\00flags\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8c\cc-po\86By\00rate_limit\00\98l\00\98b\88\cblem+json\00ret\86>after\001\8f\19_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requests\86\1c\8c\d3\22:429}x-teamsourc\86\84dd\86\d9sfil\86m_\88'e\91\8apeer\90\e7\0f\c6\e7\9f\9e\e6\ec0\90\ec\9eK\be\f1Service Un\87\daila\86]\96\f3503}")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
