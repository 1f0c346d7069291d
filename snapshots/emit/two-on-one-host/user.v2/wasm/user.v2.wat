(module $"user/v2 2.0.0"
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
  (type (;10;) (func (result i32)))
  (type (;11;) (func (result i64)))
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
  (global (;0;) (mut i32) i32.const 6784)
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
    i32.const 6784
    global.set 0
  )
  (func (;12;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 105088
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
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 285
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
          i32.const 3306
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
      i32.store8 offset=3306
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
      i32.const 646
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        local.get 5
        i32.eqz
        local.get 4
        i32.const 3306
        i32.add
        local.get 10
        local.get 4
        i32.sub
        local.get 5
        i32.const 6400
        i32.add
        call 6
        if ;; label = @3
          local.get 5
          i32.const -1
          i32.store offset=6400 align=1
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
      i32.const 1161
      i32.lt_u
      br_if 0 (;@1;)
    end
    block ;; label = @1
      i32.const 120
      global.set 10
      i32.const 279
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 132
        i32.const 32
        call 10
        br_if 1 (;@1;)
        i32.const 279
        i32.const 132
        i32.const 0
        call $write
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 2
          i32.store16 offset=269 align=1
          i32.const 263
          i32.const 105088
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
      i32.const 6732
      global.set 10
      i32.const 248
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 248
        i32.const 105088
        i32.const 0
        call $write
        br_if 1 (;@1;)
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
    (local i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64)
    call $enter
    block ;; label = @1
      block ;; label = @2
        i32.const 0
        call $headers
        i32.const 3952
        i32.const 5
        call $find
        global.set 7
        global.get 7
        i32.eqz
        br_if 0 (;@2;)
        i32.const 3957
        i32.const 7
        call $find
        local.set 3
        i32.const 3964
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 3975
          i32.const 4
          call $equal
          local.get 3
          i32.const 3979
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            block (result i32) ;; label = @5
              global.get 1
              i32.const 128
              i32.and
              i32.eqz
              if ;; label = @6
                i32.const 0
                i32.const 263
                i64.load offset=8 align=1
                i64.store offset=52 align=1
                i32.const 0
                i32.const 8
                i32.store8 offset=67
                i32.const 0
                i64.load offset=132 align=1
                local.set 9
                i32.const 0
                i64.load offset=140 align=1
                local.set 10
                i32.const 0
                i64.load offset=148 align=1
                local.set 11
                i32.const 0
                i64.load offset=156 align=1
                local.set 12
                loop ;; label = @7
                  local.get 4
                  i32.const 3
                  i32.shl
                  i64.load offset=52 align=1
                  local.set 13
                  local.get 4
                  i32.const 2
                  i32.eq
                  if ;; label = @8
                    local.get 11
                    i64.const 255
                    i64.xor
                    local.set 11
                  end
                  local.get 12
                  local.get 13
                  i64.xor
                  local.set 12
                  local.get 9
                  local.get 10
                  i64.add
                  local.tee 9
                  local.get 10
                  i64.const 13
                  i64.rotl
                  i64.xor
                  local.set 10
                  local.get 9
                  i64.const 32
                  i64.rotl
                  local.set 9
                  local.get 11
                  local.get 12
                  i64.add
                  local.tee 11
                  local.get 12
                  i64.const 16
                  i64.rotl
                  i64.xor
                  local.set 12
                  local.get 9
                  local.get 12
                  i64.add
                  local.tee 9
                  local.get 12
                  i64.const 21
                  i64.rotl
                  i64.xor
                  local.set 12
                  local.get 11
                  local.get 10
                  i64.add
                  local.tee 11
                  local.get 10
                  i64.const 17
                  i64.rotl
                  i64.xor
                  local.set 10
                  local.get 11
                  i64.const 32
                  i64.rotl
                  local.set 11
                  local.get 9
                  local.get 13
                  i64.xor
                  local.set 9
                  local.get 4
                  i32.const 1
                  i32.add
                  local.tee 4
                  i32.const 5
                  i32.lt_u
                  br_if 0 (;@7;)
                end
                local.get 9
                local.get 10
                i64.xor
                local.get 11
                i64.xor
                local.get 12
                i64.xor
                local.tee 8
                i64.const 1
                i64.or
                global.set 11
                i32.const 263
                local.get 8
                i64.const 51
                i64.shr_u
                i32.wrap_i64
                i32.store16 offset=6 align=1
                i32.const 3
                i32.const 263
                i32.const 0
                call $update
                if ;; label = @7
                  i32.const 429
                  i32.const 4188
                  i32.const 17
                  i32.const 4205
                  i32.const 63
                  i32.const 4081
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 2
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 3984
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 3994
          i32.const 4
          call $equal
          if ;; label = @4
            block (result i32) ;; label = @5
              i32.const 4
              i32.const 248
              i32.const 0
              call $update
              local.set 6
              block ;; label = @6
                global.get 8
                i32.const 1
                i32.and
                local.get 6
                i32.or
                br_if 0 (;@6;)
                local.get 0
                i32.const 4095
                i32.and
                i32.const 32
                i32.mul
                i32.const 105344
                i32.add
                local.tee 7
                local.get 0
                i32.store align=1
                local.get 7
                i32.const 0
                i32.store offset=8 align=1
                local.get 7
                global.get 10
                i64.load offset=12 align=1
                i64.store offset=16 align=1
              end
              local.get 6
              local.tee 5
              if ;; label = @6
                i32.const 0
                local.get 5
                i32.const 48
                i32.add
                i32.store8 offset=4378
                i32.const 503
                i32.const 4380
                i32.const 22
                i32.const 4402
                i32.const 65
                i32.const 4268
                i32.const 112
                i32.const 14
                call 3
                i32.eqz
                br 1 (;@5;)
              end
              i32.const 7
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 3998
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 3975
          i32.const 4
          call $equal
          local.get 3
          i32.const 3979
          i32.const 5
          call $equal
          i32.or
          if ;; label = @4
            i32.const 0
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
        i32.const 4021
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
        i32.const 4028
        i32.const 12
        call $find
        local.tee 5
        i32.const 4051
        i32.const 16
        call $equal
        i32.eqz
        br_if 0 (;@2;)
        local.get 5
        i32.load8_u offset=16
        i32.const 45
        i32.eq
        br_if 0 (;@2;)
        i32.const 4040
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
      i32.const 4040
      i32.const 11
      call $find
      local.tee 3
      if ;; label = @2
        local.get 3
        call $grpc_outcome
        local.set 2
      else
        i32.const 4067
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
    i32.load offset=6400 align=1
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
    i32.const 105088
    i32.lt_u
    global.get 4
    i32.const 105088
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
    i32.const 105344
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
    i32.const 248
    local.get 0
    call $update
  )
  (func $update (;29;) (type 1) (param i32 i32 i32) (result i32)
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
            i32.const 6464
            global.set 10
            local.get 1
            call $row_of
            i32.eqz
            br_if 2 (;@2;)
            global.get 2
            local.tee 13
            i64.const 980000000
            i64.add
            local.tee 14
            i64.const 20000000
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
              i64.const 20000000
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
            i32.const 6732
            global.set 10
            i32.const 0
            i32.load offset=6400 align=1
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
                  i32.const 5
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
                  call $left
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
                  call $left
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
  (func $clock (;30;) (type 10) (result i32)
    i32.const 1
    i64.const 0
    i32.const 4
    call 9
    i32.const 0
    i64.load offset=4 align=1
    global.set 2
  )
  (func $change (;31;) (type 9) (param i32)
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
  (func $left (;32;) (type 11) (result i64)
    (local i64)
    global.get 10
    i64.load offset=28 align=1
    global.get 2
    i64.gt_u
    if ;; label = @1
      global.get 10
      global.get 2
      i64.store offset=28 align=1
      i32.const 1
      global.set 9
    end
    i64.const 2000000000
    global.get 2
    global.get 10
    i64.load offset=28 align=1
    i64.sub
    i64.sub
    local.tee 0
    i64.const 0
    local.get 0
    i64.const 0
    i64.gt_s
    select
  )
  (data (;0;) (i32.const 248) "\0a\07\00\18\00b\00z\ab\1c\87\ee\ecE\be\03\02\00\00\01l\00\00y\98\ff\127\1d\96O\01\00\00 \00scherry.user.v2.gen\00\9e\13unreadable\a0\1aget_\88\0cs_me.passed\ba#rate_limit.0.host_\86,or\d44\8a\08\d8ecas_exhaus\da7evic\861_in_debt\a09pu\909id\ae\f8\9a#circuit_b\87Ik\86 \b4\fb\ba7refu\e0k\bb\01\bc:lo\e0mopen\de3probes\00:path:method/\8a-/me\00\01GET\00HEAD\00\8e\14\03\00\01PUT\92\0e/friends/\86Ct\00\01:statuscontent-typegrpc-\8c\17application/\88\17response\00flags\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8c\d2-po\86By\00rate_limit\00\98l\00\98b\88\d8lem+json\00ret\86>after\001\8f\1f_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requ\86\e9s\86\1c\8c\d3\22:429}\90\bb\0f\c6\bb\9f\7f\e6\c00\90\c0\9eK\be\c5Service Unavaila\86]\96\c7503}")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
