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
  (type (;10;) (func (param i32 i32) (result i64)))
  (type (;11;) (func (param i64 i64) (result i64)))
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
  (global (;0;) (mut i32) i32.const 2752)
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
    i32.const 101056
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
          i32.store8 offset=2752
          local.get 3
          i32.const 1
          i32.add
          local.set 3
        else
          i32.const 0
          i32.const 2752
          local.get 3
          local.get 4
          i32.const 2688
          i32.add
          call 6
          if ;; label = @4
            local.get 4
            i32.const -1
            i32.store offset=2688 align=1
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
        i32.const 108
        i32.lt_u
        br_if 0 (;@2;)
      end
      i32.const 256
      call 16
      i32.eqz
      if ;; label = @2
        i32.const 2752
        i32.const 16
        call 9
        br_if 1 (;@1;)
        i32.const 256
        i32.const 2752
        i32.const 0
        call 17
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 6
          i32.store16 offset=230 align=1
          i32.const 224
          i32.const 101056
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
        i32.const 2752
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
          global.get 1
          i32.const 2
          i32.and
          br_if 0 (;@3;)
          i32.const 0
          call 19
          i32.eqz
          br_if 1 (;@2;)
          i32.const 262
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
          i32.const 274
          i32.const 8
          call 22
          i32.eqz
          br_if 2 (;@1;)
          i32.const 267
          i32.const 7
          call $find
          local.tee 3
          i32.const 282
          i32.const 3
          call 23
          local.get 3
          i32.const 285
          i32.const 4
          call 23
          i32.or
          i32.eqz
          br_if 2 (;@1;)
        end
        global.get 1
        i32.const 8
        i32.and
        i32.eqz
        if ;; label = @3
          i32.const 0
          i32.const 32
          call 24
          i32.const 3
          i32.mul
          i32.store8 offset=224
          i32.const 224
          i32.const 17
          call 25
          if ;; label = @4
            i32.const 429
            i32.const 396
            i32.const 17
            i32.const 413
            i32.const 63
            i32.const 289
            i32.const 107
            i32.const 8
            call 3
            i32.const 0
            i32.eq
            return
          end
        end
        br 1 (;@1;)
      end
      i32.const 0
      call 26
    end
    i32.const 0
  )
  (func (;15;) (type 7)
    i32.const 2752
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
    i32.const 2752
    i32.sub
    i32.const 98304
    i32.lt_u
    global.get 4
    i32.const 101056
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
              call 27
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
    (local i32 i32 i32 i32)
    global.get 8
    global.get 7
    i32.sub
    local.tee 0
    local.set 3
    block ;; label = @1
      loop ;; label = @2
        local.get 2
        local.get 3
        i32.ge_u
        br_if 1 (;@1;)
        global.get 7
        local.get 2
        i32.add
        i32.load8_u
        local.tee 1
        i32.const 35
        i32.eq
        local.get 1
        i32.const 63
        i32.eq
        i32.or
        if ;; label = @3
          local.get 2
          local.set 0
          br 2 (;@1;)
        end
        local.get 2
        i32.const 1
        i32.add
        local.set 2
        br 0 (;@2;)
      end
    end
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
  )
  (func (;22;) (type 6) (param i32 i32) (result i32)
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
                br_if 1 (;@5;)
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
  (func (;23;) (type 1) (param i32 i32 i32) (result i32)
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
    call 27
  )
  (func (;24;) (type 8) (param i32) (result i32)
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
    i32.const 490
    i32.const 476
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
  (func (;25;) (type 6) (param i32 i32) (result i32)
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
  (func (;26;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=2688 align=1
    i64.const 1
    call 7
    drop
  )
  (func (;27;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $addr (;28;) (type 9) (param i32)
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
  (func $hash (;29;) (type 10) (param i32 i32) (result i64)
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
  (func $update (;30;) (type 1) (param i32 i32 i32) (result i32)
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
          local.get 1
          i64.load offset=16 align=1
          call 31
          local.tee 14
          local.get 1
          i64.load offset=8 align=1
          call 31
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
            call 31
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
        call 26
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
  (func (;31;) (type 11) (param i64 i64) (result i64)
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
  (data (;0;) (i32.const 116) "cherry.user.v1.unreadable\8fget_users_id.rate_limit.0.passed\a9cas_exhausted\a9host_error\a9limited\a9evicted_in_debt\80\03\01\00\00\01l\00\00\80\96\98\00\00\00\00\00\803\02;\00\00\00\00 \06\ad\c8;\05\b6\f2\01\00\00\10\00s:path:method/users/\01GETHEAD\03\00\00\00\0f\00\00\00\0a\00\00\00\0c\00\00\00\18\00\00\00\0b\00\00\00\01\00\00\00x-cherry-policy\00rate_limit\00content-type\00application/problem+json\00retry-after\001\00cherry_rate_limit{\22type\22:\22about:blank\22,\22title\22:\22Too Many Requests\22,\22status\22:429}source\00addressfilter_state\00cherry.peer")
  (@custom "cherryc" (after data) "user/v1 1.2.0\0acherryc 0.1.0\0a")
)
