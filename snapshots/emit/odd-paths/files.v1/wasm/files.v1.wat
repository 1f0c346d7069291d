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
  (memory (;0;) 2 2)
  (global (;0;) (mut i32) i32.const 10304)
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
  (global (;12;) (mut i64) i64.const 0)
  (global (;13;) (mut i64) i64.const 0)
  (export "memory" (memory 0))
  (export "proxy_abi_version_0_2_1" (func 10))
  (export "proxy_on_memory_allocate" (func 11))
  (export "proxy_on_vm_start" (func 12))
  (export "proxy_on_configure" (func 13))
  (export "proxy_on_request_headers" (func 14))
  (func (;10;) (type 7))
  (func (;11;) (type 8) (param i32) (result i32)
    (local i32)
    global.get 0
    local.set 1
    local.get 0
    i32.const 108608
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
    (local i32 i32 i32 i32 i32)
    call 15
    block ;; label = @1
      loop ;; label = @2
        local.get 5
        i32.load8_u offset=116
        local.tee 2
        i32.const 128
        i32.lt_u
        if ;; label = @3
          local.get 3
          local.get 2
          i32.store8 offset=10304
          local.get 3
          i32.const 1
          i32.add
          local.set 3
        else
          i32.const 0
          i32.const 10304
          local.get 3
          local.get 4
          i32.const 9664
          i32.add
          call 6
          if ;; label = @4
            local.get 4
            i32.const -1
            i32.store offset=9664 align=1
          end
          local.get 4
          i32.const 4
          i32.add
          local.set 4
          local.get 2
          i32.const 127
          i32.and
          local.set 3
        end
        local.get 5
        i32.const 1
        i32.add
        local.tee 5
        i32.const 1305
        i32.lt_u
        br_if 0 (;@2;)
      end
      i32.const 1453
      call 16
      i32.eqz
      if ;; label = @2
        i32.const 10304
        i32.const 16
        call 9
        br_if 1 (;@1;)
        i32.const 1453
        i32.const 10304
        i32.const 0
        call 17
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 6
          i32.store16 offset=1427 align=1
          i32.const 1421
          i32.const 108608
          i32.const 0
          call 17
          br_if 2 (;@1;)
          local.get 6
          i32.const 1
          i32.add
          local.tee 6
          i32.const 8192
          i32.lt_u
          br_if 0 (;@3;)
        end
        i32.const 10304
        global.set 3
      end
      global.get 3
      i64.load align=1
      global.set 11
      global.get 3
      i64.load offset=8 align=1
      global.set 12
      i32.const 1
      return
    end
    i32.const 0
  )
  (func (;13;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32)
    call 15
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
    i32.const 256
    local.get 1
    i32.const 256
    i32.lt_u
    select
    i32.const 0
    i32.const 4
    call 2
    call 18
    local.tee 1
    if ;; label = @1
      global.get 4
      local.set 4
      block ;; label = @2
        loop ;; label = @3
          local.get 3
          local.get 4
          i32.ge_u
          br_if 1 (;@2;)
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
          br 0 (;@3;)
        end
      end
    end
    local.get 1
  )
  (func (;14;) (type 1) (param i32 i32 i32) (result i32)
    (local i32)
    call 15
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          i32.const 0
          call 19
          i32.eqz
          br_if 1 (;@2;)
          i32.const 1459
          i32.const 5
          call $find
          global.set 7
          global.get 4
          i32.const -1
          i32.eq
          br_if 1 (;@2;)
          global.get 7
          global.get 4
          i32.add
          global.set 8
          call 21
          i32.const 1464
          i32.const 7
          call $find
          local.set 3
          global.get 7
          i32.const 0
          i32.ne
          global.get 7
          global.get 8
          i32.eq
          i32.and
          global.get 7
          i32.load8_u
          i32.const 47
          i32.eq
          i32.and
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e0
              return
            end
          end
          i32.const 1478
          i32.const 14
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e1
              return
            end
          end
          i32.const 1492
          i32.const 6
          call 24
          if ;; label = @4
            local.get 0
            call $e2
            return
          end
          i32.const 1498
          i32.const 18
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e3
              return
            end
          end
          i32.const 1516
          i32.const 15
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e4
              return
            end
          end
          i32.const 1531
          i32.const 23
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e5
              return
            end
          end
          i32.const 1554
          i32.const 24
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1578
            i32.const 4
            call 22
            if ;; label = @5
              local.get 0
              call $e6
              return
            end
          end
          i32.const 1582
          i32.const 8
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e7
              return
            end
          end
          i32.const 1590
          i32.const 8
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e8
              return
            end
          end
          i32.const 1598
          i32.const 12
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e9
              return
            end
          end
          i32.const 1610
          i32.const 13
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e10
              return
            end
          end
          i32.const 1623
          i32.const 19
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e11
              return
            end
          end
          i32.const 1642
          i32.const 33
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e12
              return
            end
          end
          i32.const 1675
          i32.const 16
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e13
              return
            end
          end
          i32.const 1691
          i32.const 14
          call 24
          if ;; label = @4
            local.get 3
            i32.const 1471
            i32.const 3
            call 22
            local.get 3
            i32.const 1474
            i32.const 4
            call 22
            i32.or
            if ;; label = @5
              local.get 0
              call $e14
              return
            end
          end
          br 2 (;@1;)
        end
        br 1 (;@1;)
      end
      i32.const 0
      call 39
    end
    i32.const 0
  )
  (func (;15;) (type 7)
    i32.const 10304
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
  (func (;16;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 5
    i32.add
    local.get 0
    i32.load8_u
    i32.const 0
    i32.const 4
    i32.const 8
    call 4
    call 18
    local.get 0
    i32.load16_u offset=3 align=1
    global.get 4
    i32.eq
    i32.and
  )
  (func (;17;) (type 1) (param i32 i32 i32) (result i32)
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
  (func (;18;) (type 8) (param i32) (result i32)
    i32.const 0
    i32.load offset=4 align=1
    global.set 4
    i32.const 0
    i32.load align=1
    global.set 3
    global.get 4
    i32.eqz
    global.get 3
    i32.const 10304
    i32.sub
    i32.const 98304
    i32.lt_u
    global.get 4
    i32.const 108608
    global.get 3
    i32.sub
    i32.le_u
    i32.and
    i32.or
    local.get 0
    i32.eqz
    i32.and
  )
  (func (;19;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 0
    i32.const 4
    call 1
    call 18
    local.set 0
    global.get 3
    global.set 5
    global.get 4
    global.set 6
    local.get 0
  )
  (func $find (;20;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 0
    global.set 4
    block ;; label = @1
      global.get 6
      if ;; label = @2
        global.get 6
        i32.const 4
        i32.lt_u
        br_if 1 (;@1;)
        global.get 5
        i32.load align=1
        local.tee 7
        i32.const 1024
        i32.gt_u
        br_if 1 (;@1;)
        local.get 7
        i32.const 3
        i32.shl
        i32.const 4
        i32.add
        local.set 8
        global.get 5
        local.set 4
        local.get 7
        local.set 10
        block ;; label = @3
          loop ;; label = @4
            local.get 9
            local.get 10
            i32.ge_u
            br_if 1 (;@3;)
            local.get 4
            i32.load offset=4 align=1
            local.set 5
            local.get 4
            i32.load offset=8 align=1
            local.set 6
            local.get 4
            i32.const 8
            i32.add
            local.set 4
            local.get 5
            local.get 6
            i32.or
            i32.const 17
            i32.shr_u
            br_if 3 (;@1;)
            global.get 5
            local.get 8
            i32.add
            local.set 3
            local.get 8
            local.get 5
            i32.add
            local.get 6
            i32.add
            i32.const 2
            i32.add
            local.tee 8
            global.get 6
            i32.gt_u
            br_if 3 (;@1;)
            local.get 2
            i32.eqz
            local.get 5
            local.get 1
            i32.eq
            i32.and
            if ;; label = @5
              local.get 3
              local.get 0
              local.get 1
              call 40
              if ;; label = @6
                local.get 3
                local.get 5
                i32.add
                i32.const 1
                i32.add
                local.set 2
                local.get 6
                global.set 4
              end
            end
            local.get 9
            i32.const 1
            i32.add
            local.set 9
            br 0 (;@4;)
          end
        end
      end
      local.get 2
      return
    end
    i32.const -1
    global.set 4
    i32.const 0
  )
  (func (;21;) (type 7)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get 8
    global.get 7
    i32.sub
    local.set 0
    i32.const -1
    local.set 2
    local.get 0
    local.set 4
    block ;; label = @1
      loop ;; label = @2
        local.get 3
        local.get 4
        i32.ge_u
        br_if 1 (;@1;)
        global.get 7
        local.get 3
        i32.add
        i32.load8_u
        local.tee 1
        i32.const 35
        i32.eq
        if ;; label = @3
          local.get 3
          local.set 0
          br 2 (;@1;)
        end
        local.get 1
        i32.const 63
        i32.eq
        local.get 2
        i32.const -1
        i32.eq
        i32.and
        if ;; label = @3
          local.get 3
          local.set 2
        end
        local.get 3
        i32.const 1
        i32.add
        local.set 3
        br 0 (;@2;)
      end
    end
    i32.const 0
    global.get 7
    local.get 2
    i32.add
    i32.const 1
    i32.add
    i32.store offset=104 align=1
    i32.const 0
    i32.const 0
    i32.store offset=108 align=1
    local.get 2
    i32.const -1
    i32.ne
    if ;; label = @1
      i32.const 0
      local.get 0
      local.get 2
      i32.sub
      i32.const 1
      i32.sub
      i32.store offset=108 align=1
      local.get 2
      local.set 0
    end
    i32.const 0
    i32.const 0
    i32.store offset=112 align=1
    global.get 7
    local.get 0
    i32.add
    global.set 8
    local.get 0
    i32.eqz
    br_if 0
    global.get 8
    global.get 8
    i32.const 1
    i32.sub
    i32.load8_u
    i32.const 47
    i32.eq
    i32.sub
    global.set 8
    global.get 7
    i32.load8_u
    i32.const 47
    i32.ne
    br_if 0
    global.get 8
    global.get 7
    i32.sub
    local.set 0
    i32.const 1
    local.set 7
    local.get 0
    local.set 10
    block ;; label = @1
      loop ;; label = @2
        local.get 9
        local.get 10
        i32.ge_u
        br_if 1 (;@1;)
        local.get 9
        i32.const 1
        i32.add
        local.tee 8
        local.get 0
        i32.eq
        global.get 7
        local.get 8
        i32.add
        i32.load8_u
        i32.const 47
        i32.eq
        i32.or
        if ;; label = @3
          local.get 8
          local.get 7
          i32.sub
          local.set 6
          local.get 5
          i32.const 33
          i32.lt_u
          if ;; label = @4
            local.get 5
            i32.const 3
            i32.shl
            global.get 7
            local.get 7
            i32.add
            i32.store offset=9984 align=1
            local.get 5
            i32.const 3
            i32.shl
            local.get 6
            i32.store offset=9988 align=1
          end
          local.get 5
          i32.const 1
          i32.add
          local.set 5
          local.get 8
          i32.const 1
          i32.add
          local.set 7
        end
        local.get 9
        i32.const 1
        i32.add
        local.set 9
        br 0 (;@2;)
      end
    end
    i32.const 0
    local.get 5
    i32.store offset=112 align=1
  )
  (func (;22;) (type 1) (param i32 i32 i32) (result i32)
    local.get 2
    global.get 4
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    local.get 0
    local.get 1
    local.get 2
    call 40
  )
  (func $e0 (;23;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=1421
      i32.const 1421
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func (;24;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    global.get 7
    local.set 2
    block ;; label = @1
      local.get 1
      local.set 6
      block ;; label = @2
        loop ;; label = @3
          local.get 5
          local.get 6
          i32.ge_u
          br_if 1 (;@2;)
          local.get 0
          local.get 5
          i32.add
          i32.load8_u
          local.set 3
          block ;; label = @4
            local.get 3
            i32.const 3
            i32.gt_u
            if ;; label = @5
              local.get 2
              i32.load8_u
              local.get 3
              i32.eq
              local.get 2
              global.get 8
              i32.lt_u
              i32.and
              i32.eqz
              br_if 4 (;@1;)
              local.get 2
              i32.const 1
              i32.add
              local.set 2
              br 1 (;@4;)
            end
            local.get 3
            i32.const 3
            i32.eq
            if ;; label = @5
              local.get 2
              i32.const 1
              i32.sub
              local.tee 2
              local.get 4
              i32.eq
              br_if 4 (;@1;)
              br 1 (;@4;)
            end
            local.get 2
            local.set 4
            i32.const 0
            local.set 7
            global.get 8
            local.get 2
            i32.sub
            local.set 8
            block ;; label = @5
              loop ;; label = @6
                local.get 7
                local.get 8
                i32.ge_u
                br_if 1 (;@5;)
                local.get 2
                i32.load8_u
                i32.const 47
                i32.eq
                if ;; label = @7
                  local.get 3
                  i32.const 1
                  i32.eq
                  br_if 2 (;@5;)
                  local.get 2
                  local.get 4
                  i32.eq
                  br_if 6 (;@1;)
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 4
                end
                local.get 2
                i32.const 1
                i32.add
                local.set 2
                local.get 7
                i32.const 1
                i32.add
                local.set 7
                br 0 (;@6;)
              end
            end
            local.get 2
            local.get 4
            i32.eq
            br_if 3 (;@1;)
          end
          local.get 5
          i32.const 1
          i32.add
          local.set 5
          br 0 (;@3;)
        end
      end
      local.get 2
      global.get 8
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e1 (;25;) (type 8) (param i32) (result i32)
    i32.const 6
    call 43
    i32.const 32
    global.get 3
    call 44
    i32.const 1892
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e2 (;26;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=1924
      i32.const 1924
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e3 (;27;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=1956
      i32.const 1956
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e4 (;28;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=1988
      i32.const 1988
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e5 (;29;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=2020
      i32.const 2020
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e6 (;30;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    global.get 4
    i32.const 8
    i32.sub
    global.get 4
    global.get 4
    i32.const 8
    i32.gt_u
    select
    global.set 4
    i32.const 32
    global.get 3
    call 44
    i32.const 2052
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e7 (;31;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    global.get 3
    if ;; label = @1
      global.get 8
      global.get 3
      i32.sub
      global.set 4
    end
    i32.const 32
    global.get 3
    call 44
    i32.const 2084
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e8 (;32;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    i32.const 32
    global.get 3
    call 44
    i32.const 2116
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e9 (;33;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    i32.const 32
    global.get 3
    call 44
    i32.const 2148
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e10 (;34;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    i32.const 32
    global.get 3
    call 44
    i32.const 2180
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e11 (;35;) (type 8) (param i32) (result i32)
    i32.const 1
    call 43
    i32.const 32
    global.get 3
    call 44
    i32.const 2212
    i32.const 17
    call 42
    if ;; label = @1
      i32.const 429
      i32.const 1812
      i32.const 17
      i32.const 1829
      i32.const 63
      i32.const 1705
      i32.const 107
      i32.const 8
      call 3
      i32.const 0
      i32.eq
      return
    end
    i32.const 0
  )
  (func $e12 (;36;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=2244
      i32.const 2244
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e13 (;37;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=2276
      i32.const 2276
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func $e14 (;38;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.eqz
    if ;; label = @1
      i32.const 0
      i32.const 32
      call 41
      i32.const 3
      i32.mul
      i32.store8 offset=2308
      i32.const 2308
      i32.const 17
      call 42
      if ;; label = @2
        i32.const 429
        i32.const 1812
        i32.const 17
        i32.const 1829
        i32.const 63
        i32.const 1705
        i32.const 107
        i32.const 8
        call 3
        i32.const 0
        i32.eq
        return
      end
    end
    i32.const 0
  )
  (func (;39;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=9664 align=1
    i64.const 1
    call 7
    drop
  )
  (func (;40;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32)
    local.get 2
    local.set 4
    block ;; label = @1
      loop ;; label = @2
        local.get 3
        local.get 4
        i32.ge_u
        br_if 1 (;@1;)
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
        br 0 (;@2;)
      end
    end
    i32.const 1
  )
  (func (;41;) (type 8) (param i32) (result i32)
    (local i32 i32 i32)
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
    i32.const 2354
    i32.const 2340
    local.get 1
    select
    i32.const 24
    i32.const 14
    local.get 1
    select
    i32.const 0
    i32.const 4
    call 0
    local.tee 2
    call 18
    local.tee 3
    if ;; label = @1
      local.get 0
      call $addr
    end
    local.get 3
    local.get 2
    i32.const 1
    i32.eq
    i32.or
  )
  (func (;42;) (type 6) (param i32 i32) (result i32)
    (local i64)
    i32.const 0
    local.get 0
    i64.load offset=24 align=1
    i64.store offset=24 align=1
    i32.const 24
    local.get 1
    call $hash
    local.tee 2
    i64.const 1
    i64.or
    global.set 13
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
  (func (;43;) (type 9) (param i32)
    i32.const 0
    global.set 3
    i32.const 0
    global.set 4
    local.get 0
    i32.const 0
    i32.load offset=112 align=1
    i32.ge_u
    br_if 0
    local.get 0
    i32.const 3
    i32.shl
    i32.load offset=9984 align=1
    global.set 3
    local.get 0
    i32.const 3
    i32.shl
    i32.load offset=9988 align=1
    global.set 4
  )
  (func (;44;) (type 10) (param i32 i32)
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
  (func $addr (;45;) (type 9) (param i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64)
    global.get 3
    local.set 1
    global.get 4
    local.set 2
    i32.const -1
    local.set 11
    local.get 1
    i32.load8_u
    i32.const 91
    i32.eq
    local.set 14
    local.get 1
    local.get 14
    i32.add
    local.set 1
    local.get 2
    local.get 14
    i32.sub
    local.tee 2
    i32.const 1
    i32.add
    local.set 16
    block ;; label = @1
      loop ;; label = @2
        local.get 15
        local.get 16
        i32.ge_u
        br_if 1 (;@1;)
        local.get 1
        local.get 15
        i32.add
        i32.load8_u
        i32.const 93
        local.get 15
        local.get 2
        i32.lt_u
        select
        local.tee 3
        i32.const 93
        i32.eq
        local.get 3
        i32.const 37
        i32.eq
        i32.or
        local.get 3
        i32.const 58
        i32.eq
        local.get 12
        i32.const 0
        i32.ne
        i32.and
        i32.or
        local.tee 4
        local.get 3
        i32.const 58
        i32.eq
        i32.or
        local.get 3
        i32.const 46
        i32.eq
        i32.or
        if ;; label = @3
          local.get 12
          local.get 3
          i32.const 46
          i32.eq
          i32.or
          if ;; label = @4
            local.get 7
            i32.eqz
            local.get 9
            i32.const 255
            i32.gt_u
            i32.or
            br_if 4
            local.get 13
            i32.const 8
            i32.shl
            local.get 9
            i32.or
            local.set 13
            local.get 12
            i32.const 1
            i32.add
            local.set 12
            local.get 4
            if ;; label = @5
              local.get 19
              i64.const 16
              i64.shl
              local.get 20
              i64.const 48
              i64.shr_u
              i64.or
              local.set 19
              local.get 20
              i64.const 16
              i64.shl
              local.tee 20
              local.get 13
              i32.const 16
              i32.shr_u
              i64.extend_i32_u
              i64.or
              local.set 20
              local.get 10
              i32.const 1
              i32.add
              local.set 10
              local.get 13
              i32.const 65535
              i32.and
              local.set 8
            end
          end
          local.get 3
          i32.const 46
          i32.eq
          i32.eqz
          if ;; label = @4
            local.get 7
            if ;; label = @5
              local.get 19
              i64.const 16
              i64.shl
              local.get 20
              i64.const 48
              i64.shr_u
              i64.or
              local.set 19
              local.get 20
              i64.const 16
              i64.shl
              local.tee 20
              local.get 8
              i64.extend_i32_u
              i64.or
              local.set 20
              local.get 10
              i32.const 1
              i32.add
              local.set 10
            else
              local.get 6
              local.get 4
              i32.eqz
              i32.and
              if ;; label = @6
                local.get 11
                i32.const -1
                i32.ne
                br_if 6
                local.get 10
                local.set 11
                local.get 19
                local.set 21
                local.get 20
                local.set 22
                i64.const 0
                local.set 19
                i64.const 0
                local.set 20
              end
            end
            local.get 4
            br_if 3 (;@1;)
            local.get 5
            i32.const 1
            i32.add
            local.set 5
            i32.const 1
            local.set 6
          end
          i32.const 0
          local.set 7
          i32.const 0
          local.set 8
          i32.const 0
          local.set 9
        else
          i32.const 0
          local.set 6
          local.get 3
          i32.const 48
          i32.sub
          local.tee 3
          i32.const 9
          i32.gt_u
          if ;; label = @4
            local.get 3
            i32.const 48
            i32.add
            i32.const 32
            i32.or
            i32.const 87
            i32.sub
            local.tee 3
            i32.const 10
            i32.lt_u
            local.get 3
            i32.const 15
            i32.gt_u
            i32.or
            br_if 4
          end
          local.get 8
          i32.const 4
          i32.shl
          local.get 3
          i32.or
          local.set 8
          local.get 9
          i32.const 10
          i32.mul
          local.get 3
          i32.add
          local.set 9
          local.get 7
          i32.const 1
          i32.add
          local.tee 7
          i32.const 4
          i32.gt_u
          br_if 3
        end
        local.get 15
        i32.const 1
        i32.add
        local.set 15
        br 0 (;@2;)
      end
    end
    local.get 12
    i32.const 0
    i32.ne
    local.get 12
    i32.const 4
    i32.ne
    i32.and
    br_if 0
    local.get 5
    if ;; label = @1
      local.get 10
      i32.const 8
      i32.gt_u
      br_if 1
      local.get 11
      i32.const -1
      i32.eq
      local.get 10
      i32.const 8
      i32.ne
      i32.and
      br_if 1
      local.get 11
      i32.const -1
      i32.ne
      if ;; label = @2
        i32.const 8
        local.get 11
        i32.sub
        local.set 18
        block ;; label = @3
          loop ;; label = @4
            local.get 17
            local.get 18
            i32.ge_u
            br_if 1 (;@3;)
            local.get 21
            i64.const 16
            i64.shl
            local.get 22
            i64.const 48
            i64.shr_u
            i64.or
            local.set 21
            local.get 22
            i64.const 16
            i64.shl
            local.set 22
            local.get 17
            i32.const 1
            i32.add
            local.set 17
            br 0 (;@4;)
          end
        end
        local.get 19
        local.get 21
        i64.or
        local.set 19
        local.get 20
        local.get 22
        i64.or
        local.set 20
      end
    else
      local.get 12
      i32.eqz
      br_if 1
    end
    local.get 5
    i32.eqz
    local.get 19
    i64.const 0
    i64.eq
    local.get 20
    i64.const 32
    i64.shr_u
    i64.const 65535
    i64.eq
    i32.and
    i32.or
    local.set 4
    local.get 0
    i32.const 4
    i32.const 6
    local.get 4
    select
    i32.store8
    local.get 0
    local.get 20
    i64.const 4294967295
    i64.and
    local.get 19
    local.get 4
    select
    i64.store offset=1 align=1
  )
  (func $hash (;46;) (type 11) (param i32 i32) (result i64)
    (local i32 i32 i32 i64 i64 i64 i64 i64)
    global.get 11
    i64.const 8317987319222330741
    i64.xor
    local.set 5
    global.get 12
    i64.const 7237128888997146477
    i64.xor
    local.set 6
    global.get 11
    i64.const 7816392313619706465
    i64.xor
    local.set 7
    global.get 12
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
    block ;; label = @1
      loop ;; label = @2
        local.get 3
        local.get 4
        i32.ge_u
        br_if 1 (;@1;)
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
        local.get 0
        i32.const 8
        i32.add
        local.set 0
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
        br 0 (;@2;)
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
  (func $update (;47;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64)
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
          call 16
          i32.eqz
          br_if 1 (;@2;)
          i32.const 0
          global.set 10
          global.get 2
          local.tee 13
          i64.const 1000
          i64.div_u
          local.set 13
          i64.const -1
          local.get 13
          i64.const 9009
          i64.mul
          local.get 13
          i64.const 2047590639772400
          i64.gt_u
          select
          local.tee 13
          local.get 1
          i64.load offset=16 align=1
          call 48
          local.tee 14
          local.get 1
          i64.load offset=8 align=1
          call 48
          local.set 15
          global.get 3
          local.tee 8
          local.set 7
          i64.const -1
          local.set 17
          block ;; label = @4
            i32.const 0
            local.set 10
            loop ;; label = @5
              local.get 8
              i64.load offset=8 align=1
              local.set 16
              local.get 8
              i64.load align=1
              global.get 13
              i64.eq
              if ;; label = @6
                i32.const 0
                local.set 9
                local.get 8
                local.set 7
                br 2 (;@4;)
              end
              local.get 16
              local.get 17
              i64.lt_u
              if ;; label = @6
                local.get 16
                local.set 17
                local.get 8
                local.set 7
              end
              local.get 8
              i32.const 16
              i32.add
              local.set 8
              local.get 10
              i32.const 1
              i32.add
              local.tee 10
              i32.const 16
              i32.lt_u
              br_if 0 (;@5;)
            end
            local.get 17
            local.get 13
            i64.gt_u
            local.set 9
            i64.const 0
            local.set 16
          end
          local.get 16
          local.set 17
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
          local.tee 18
          local.get 14
          i64.gt_u
          local.tee 3
          i32.eqz
          if ;; label = @4
            local.get 18
            local.get 1
            i64.load offset=8 align=1
            call 48
            local.set 16
          end
          i32.const 8
          i32.const 1
          local.get 3
          select
          local.get 9
          i32.const 4
          i32.shl
          i32.or
          global.set 9
          local.get 16
          local.get 17
          i64.ne
          if ;; label = @4
            i32.const 1
            global.set 10
            local.get 7
            global.get 13
            i64.store align=1
            local.get 7
            local.get 16
            i64.store offset=8 align=1
          end
          global.get 10
          i32.eqz
          br_if 2 (;@1;)
          local.get 1
          global.get 3
          i32.const 0
          i32.load offset=8 align=1
          call 17
          local.tee 11
          i32.eqz
          br_if 2 (;@1;)
          local.get 11
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
      global.set 9
      i32.const 0
      local.set 3
    end
    loop ;; label = @1
      global.get 9
      local.get 12
      i32.shr_u
      i32.const 1
      i32.and
      if ;; label = @2
        local.get 1
        i32.load16_u offset=1 align=1
        local.get 12
        i32.add
        call 39
      end
      local.get 12
      i32.const 1
      i32.add
      local.tee 12
      i32.const 7
      i32.lt_u
      br_if 0 (;@1;)
    end
    local.get 3
  )
  (func (;48;) (type 12) (param i64 i64) (result i64)
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
  (data (;0;) (i32.const 116) "cherry.files.v1.unreadable\90get.rate_limit.0.passed\a1cas_exhausted\a1host_error\a1limited\a1evicted_in_debt\93_a_p1_p2_p3_p4_p5_p6.rate_limit.0.passed\b5cas_exhausted\b5host_error\b5limited\b5evicted_in_debt\90any_any_id.rate_limit.0.passed\a8cas_exhausted\a8host_error\a8limited\a8evicted_in_debt\90get_broken_escape_zz.rate_limit.0.passed\b2cas_exhausted\b2host_error\b2limited\b2evicted_in_debt\94caf_c3_a9_menu.rate_limit.0.passed\b0cas_exhausted\b0host_error\b0limited\b0evicted_in_debt\94escaped_tilde_2fslash.rate_limit.0.passed\b7cas_exhausted\b7host_error\b7limited\b7evicted_in_debt\90post_files_name_archive.rate_limit.0.passed\b5cas_exhausted\b5host_error\b5limited\b5evicted_in_debt\90get_files_rest.rate_limit.0.passed\accas_exhausted\achost_error\aclimited\acevicted_in_debt\94names_user_id.rate_limit.0.passed\afcas_exhausted\afhost_error\aflimited\afevicted_in_debt\a1_dot.rate_limit.0.passed\b3cas_exhausted\b3host_error\b3limited\b3evicted_in_debt\9aaverylongparametername_long.rate_limit.0.passed\c3cas_exhausted\c3host_error\c3limited\c3evicted_in_debt\9aid_underscore.rate_limit.0.passed\b5cas_exhausted\b5host_error\b5limited\b5evicted_in_debt\94punctuation_a_b_c_d.rate_limit.0.passed\b5cas_exhausted\b5host_error\b5limited\b5evicted_in_debt\94space_20in_20it.rate_limit.0.passed\b1cas_exhausted\b1host_error\b1limited\b1evicted_in_debt\94umlaut_c3_a4.rate_limit.0.passed\aecas_exhausted\aehost_error\aelimited\aeevicted_in_debt\80\03\01\00\00\01l\00\00@n\fa\18\02\00\00\00\00\00\00\00\00\00\00\00V\10\8c\fc\94\0ex\f8\01\00\00\10\00s:path:methodGETHEAD/a/\01/\01/\01/\01/\01/\01/any/\01/broken-escape/%zz/caf%C3%A9/menu/escaped/~tilde%2Fslash/files/\01\03\03\03\03\03\03\03\03:archivePOST/files/\02/names/\01/names/\01/dot/names/\01/long/names/\01/underscore/punctuation/a.b+c(d)!$&'*,;=@~-_/space%20in%20it/umlaut/%C3%A4\03\00\00\00\0f\00\00\00\0a\00\00\00\0c\00\00\00\18\00\00\00\0b\00\00\00\01\00\00\00x-cherry-policy\00rate_limit\00content-type\00application/problem+json\00retry-after\001\00cherry_rate_limit{\22type\22:\22about:blank\22,\22title\22:\22Too Many Requests\22,\22status\22:429}\03\06\00\00\01l\00\00@Iek\00\00\00\00\00%\95\ad\01\00\00\00\c1M\c9\9c\ac\c5_g\03\0b\00\00\01l\00\00\c0\f2\d00\00\00\00\00\80{)\e8\01\00\00\00C3\d5\d9cS\f6h\03\10\00\00\01l\00\00\e0\07[&\00\00\00\00`f\9f\f2\01\00\00\00*\b7\c7\c0b\9f\d0J\03\15\00\00\01l\00\00\90\9b>\86\00\00\00\00\b0\d2\bb\92\01\00\00\00/\a6.\f6\14o\f0K\03\1a\00\00\01l\00\00\c0m\cc#\00\00\00\00\80\00.\f5\01\00\00\00&\cc\e54\a5)\09\09\03\1f\00\00\01l\00\00 7}\0c\01\00\00\00 7}\0c\01\00\00\00\00)\ab\8a4\9cG\b6\03$\00\00\01l\00\00\c0$\fe\b2\00\00\00\00\80I\fce\01\00\00\00\f7\f6h\9et`+?\03)\00\00\01l\00\00`\12\7fY\00\00\00\00\e0[{\bf\01\00\00\00\ee\c3\97\16M\ef'l\03.\00\00\01l\00\00\c0\0f\b6L\00\00\00\00\80^D\cc\01\00\00\00p\bf\cb\d9?H1\b8\033\00\00\01l\00\00@\0c\aa;\00\00\00\00\00bP\dd\01\00\00\00\98\ee\b61\fd\ed4\d3\038\00\00\01l\00\00\c8M\1fC\00\00\00\00x \db\d5\01\00\00\00\d7\1bt\98\ffr|\06\03=\00\00\01l\00\00\a0\a4\b25\00\00\00\00\a0\c9G\e3\01\00\00\00\bd\e6|\c2L\8b\1a\17\03B\00\00\01l\00\000\89\bf,\00\00\00\00\10\e5:\ec\01\00\00\00\e4\bb\d0\cemT\94\c7\03G\00\00\01l\00\00@WN)\00\00\00\00\00\17\ac\ef\01\00\00\00\cbj\c9\e7\a41\ea:source\00addressfilter_state\00cherry.peer")
  (@custom "cherryc" (after data) "files/v1 1.0.0\0acherryc 0.1.0\0a")
)
