(module $"user/v1 1.2.0"
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
  (type (;10;) (func (param i64 i64) (result i64)))
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
  (global (;0;) (mut i32) i32.const 7168)
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
  (export "malloc" (func 11))
  (export "proxy_on_vm_start" (func 12))
  (export "proxy_on_configure" (func 13))
  (export "proxy_on_request_headers" (func 14))
  (func $enter (;10;) (type 7)
    i32.const 7168
    global.set 0
  )
  (func (;11;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 105472
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
    i32.const 350
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
          i32.const 3504
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
      i32.store8 offset=3504
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
      i32.const 710
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        i32.const 0
        local.get 4
        i32.const 3504
        i32.add
        local.get 10
        local.get 4
        i32.sub
        local.get 5
        i32.const 6784
        i32.add
        call 6
        if ;; label = @3
          local.get 5
          i32.const -1
          i32.store offset=6784 align=1
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
      i32.const 978
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
          i32.const 105472
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
    (local i32)
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
        i32.const 4214
        i32.const 5
        call $find
        global.set 7
        global.get 7
        i32.eqz
        br_if 0 (;@2;)
        i32.const 4219
        i32.const 7
        call $find
        local.set 3
        i32.const 4226
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 4230
          i32.const 4
          call $equal
          local.get 3
          i32.const 4234
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
                  i32.const 4364
                  i32.const 17
                  i32.const 4381
                  i32.const 63
                  i32.const 4257
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
        i32.const 4239
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 4230
          i32.const 4
          call $equal
          local.get 3
          i32.const 4234
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
                i32.store8 offset=286
                i32.const 286
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 4364
                  i32.const 17
                  i32.const 4381
                  i32.const 63
                  i32.const 4257
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 6
              call $count
              i32.const 0
            end
            return
          end
        end
        i32.const 4247
        call $fits
        if ;; label = @3
          local.get 3
          i32.const 4230
          i32.const 4
          call $equal
          local.get 3
          i32.const 4234
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
                i32.store8 offset=318
                i32.const 318
                i32.const 17
                call $ask
                if ;; label = @7
                  i32.const 429
                  i32.const 4364
                  i32.const 17
                  i32.const 4381
                  i32.const 63
                  i32.const 4257
                  i32.const 107
                  i32.const 8
                  call 3
                  i32.eqz
                  br 2 (;@5;)
                end
              end
              i32.const 11
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
    i32.const 105472
    i32.lt_u
    global.get 4
    i32.const 105472
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
  (func $equal (;20;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $count (;21;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=6784 align=1
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
    i32.const 4458
    i32.const 4444
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
    (local i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    i32.const 0
    local.get 0
    i64.load offset=8 align=1
    i64.store offset=52 align=1
    i32.const 0
    i32.const 17
    i32.store8 offset=75
    i32.const 0
    i64.load offset=132 align=1
    local.set 11
    i32.const 0
    i64.load offset=140 align=1
    local.set 12
    i32.const 0
    i64.load offset=148 align=1
    local.set 13
    i32.const 0
    i64.load offset=156 align=1
    local.set 14
    loop ;; label = @1
      local.get 2
      i32.const 3
      i32.shl
      i64.load offset=52 align=1
      local.set 15
      local.get 2
      i32.const 3
      i32.eq
      if ;; label = @2
        local.get 13
        i64.const 255
        i64.xor
        local.set 13
      end
      local.get 14
      local.get 15
      i64.xor
      local.set 14
      local.get 11
      local.get 12
      i64.add
      local.tee 11
      local.get 12
      i64.const 13
      i64.rotl
      i64.xor
      local.set 12
      local.get 11
      i64.const 32
      i64.rotl
      local.set 11
      local.get 13
      local.get 14
      i64.add
      local.tee 13
      local.get 14
      i64.const 16
      i64.rotl
      i64.xor
      local.set 14
      local.get 11
      local.get 14
      i64.add
      local.tee 11
      local.get 14
      i64.const 21
      i64.rotl
      i64.xor
      local.set 14
      local.get 13
      local.get 12
      i64.add
      local.tee 13
      local.get 12
      i64.const 17
      i64.rotl
      i64.xor
      local.set 12
      local.get 13
      i64.const 32
      i64.rotl
      local.set 13
      local.get 11
      local.get 15
      i64.xor
      local.set 11
      local.get 2
      i32.const 1
      i32.add
      local.tee 2
      i32.const 6
      i32.lt_u
      br_if 0 (;@1;)
    end
    local.get 11
    local.get 12
    i64.xor
    local.get 13
    i64.xor
    local.get 14
    i64.xor
    local.tee 10
    i64.const 1
    i64.or
    global.set 11
    local.get 0
    local.get 10
    i64.const 51
    i64.shr_u
    i32.wrap_i64
    i32.store16 offset=6 align=1
    global.get 0
    local.set 4
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
          i32.const 6848
          global.set 10
          local.get 0
          call $row_of
          i32.eqz
          br_if 1 (;@2;)
          global.get 2
          local.set 16
          i64.const -1
          local.get 16
          i64.const 3
          i64.mul
          local.get 16
          i64.const 6148914691236517205
          i64.gt_u
          select
          local.tee 16
          local.get 0
          i64.load offset=24 align=1
          call $sum
          local.tee 17
          local.get 0
          i64.load offset=16 align=1
          call $sum
          local.set 18
          global.get 10
          i32.const 12
          i32.add
          local.tee 7
          local.set 6
          i64.const -1
          local.set 20
          block ;; label = @4
            i32.const 0
            local.set 8
            loop ;; label = @5
              local.get 7
              i64.load offset=8 align=1
              local.set 19
              local.get 7
              i64.load align=1
              global.get 11
              i64.eq
              if ;; label = @6
                i64.const 0
                local.set 20
                local.get 7
                local.set 6
                br 2 (;@4;)
              end
              local.get 19
              local.get 20
              i64.lt_u
              if ;; label = @6
                local.get 19
                local.set 20
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
              br_if 0 (;@5;)
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
          if ;; label = @4
            local.get 22
            local.get 0
            i64.load offset=16 align=1
            call $sum
            local.set 19
          end
          local.get 3
          i32.const 2
          i32.mul
          local.get 20
          local.get 16
          i64.gt_u
          i32.const 4
          i32.mul
          i32.or
          global.set 8
          local.get 19
          local.get 21
          i64.ne
          global.set 9
          local.get 6
          global.get 11
          i64.store align=1
          local.get 6
          local.get 19
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
          local.tee 9
          i32.eqz
          br_if 2 (;@1;)
          local.get 9
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
      local.get 0
      i32.load16_u offset=1 align=1
      global.get 8
      i32.add
      call $count
    end
    local.get 3
  )
  (func $sum (;24;) (type 10) (param i64 i64) (result i64)
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
  (data (;0;) (i32.const 248) "\03\01\00\00\01l\00\00\b3\f9\a5t\f0\92\eda\00\e1\f5\05\00\00\00\00\00}\da\ac\00\00\00\00\01\00\00 \00s\03\06\00\00\01l\00\00\be\e6\1b\b4\00}\12\b0\00\a3\e1\11\00\00\00\00\00\bb\ee\a0\00\00\00\00\03\0b\00\00\01l\00\00 \06\ad\c8;\05\b6\f2\80\d1\f0\08\00\00\00\00\80\8c\df\a9\00\00\00\00cherry.user.v1.unreadable\00\9e\1aget.passed\a8\1arate_limit.0.host_\86#or\c2+\8a\08\c6Scas_exhaus\c8.evic\86(_in_debt\a60_\88\0cs\b4\d1\8e \d4\d7\a81l\b2\dd\a8.\c0\e3\a84\d0\e9_id\c0\ec\88#\e0\ef\a24l\be\f2\a21\cc\f5\a27\a0\f8:path:method/\01\00\01GET\00HEAD\00/\8a@\00\01\8c\08/\03\00\01\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8c\82-policy\00\94t\00content-type\00app\86 ation/problem+json\00ret\86>after\001\8e\cf_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requests\86\1cstatus\22:429}sourc\86~ddressfil\86g_\88!e\91:peer")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
