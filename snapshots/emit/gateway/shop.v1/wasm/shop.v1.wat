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
  (type (;10;) (func (result i32)))
  (type (;11;) (func (param i32 i32)))
  (type (;12;) (func (param i32 i64) (result i64)))
  (type (;13;) (func (param i32 i32) (result i64)))
  (type (;14;) (func (param i64 i64 i64 i32) (result i32)))
  (type (;15;) (func (param i64 i64) (result i64)))
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
  (global (;0;) (mut i32) i32.const 134912)
  (global (;1;) (mut i32) i32.const 0)
  (global (;2;) (mut i64) i64.const -1)
  (export "memory" (memory 0))
  (export "proxy_abi_version_0_2_1" (func $abi))
  (export "proxy_on_memory_allocate" (func $allocate))
  (export "proxy_on_vm_start" (func $vm_start))
  (export "proxy_on_configure" (func $configure))
  (export "proxy_on_request_headers" (func $request_headers))
  (export "proxy_on_response_headers" (func $response_headers))
  (export "proxy_on_response_trailers" (func $response_trailers))
  (export "proxy_on_log" (func $log))
  (func $abi (;10;) (type 7))
  (func $allocate (;11;) (type 8) (param i32) (result i32)
    (local i32)
    global.get 0
    local.set 1
    local.get 0
    i32.const 233216
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
  (func $vm_start (;12;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    call $enter
    i32.const 544
    local.set 2
    i32.const 13
    local.set 6
    block ;; label = @1
      loop ;; label = @2
        local.get 5
        local.get 6
        i32.ge_u
        br_if 1 (;@1;)
        local.get 2
        i32.load16_u align=1
        local.set 3
        local.get 2
        i32.load16_u offset=2 align=1
        local.set 4
        local.get 2
        i32.const 4
        i32.add
        local.set 2
        i32.const 0
        local.set 7
        local.get 4
        local.set 8
        block ;; label = @3
          loop ;; label = @4
            local.get 7
            local.get 8
            i32.ge_u
            br_if 1 (;@3;)
            local.get 3
            local.get 7
            i32.add
            local.get 2
            local.get 7
            i32.add
            i32.load8_u
            i32.store8 offset=134912
            local.get 7
            i32.const 1
            i32.add
            local.set 7
            br 0 (;@4;)
          end
        end
        local.get 2
        local.get 4
        i32.add
        local.set 2
        i32.const 0
        i32.const 134912
        local.get 3
        local.get 4
        i32.add
        i32.const 0
        call 6
        if ;; label = @3
          i32.const 0
          i32.const -1
          i32.store align=1
        end
        local.get 5
        i32.const 2
        i32.shl
        i32.const 0
        i32.load align=1
        i32.store offset=3776 align=1
        local.get 5
        i32.const 1
        i32.add
        local.set 5
        br 0 (;@2;)
      end
    end
    i32.const 0
    i32.const 115
    i32.store8 offset=40
    i32.const 1
    i32.const 16
    call $row_of
    local.tee 9
    if ;; label = @1
      i32.const 0
      local.get 9
      i64.load align=1
      i64.store offset=24 align=1
      i32.const 0
      local.get 9
      i64.load offset=8 align=1
      i64.store offset=32 align=1
    else
      i32.const 24
      i32.const 16
      call 9
      if ;; label = @2
        i32.const 0
        return
      end
      i32.const 40
      i32.const 1
      i32.const 24
      i32.const 16
      i32.const 0
      call 5
      if ;; label = @2
        i32.const 0
        return
      end
      i32.const 8192
      local.set 11
      block ;; label = @2
        loop ;; label = @3
          local.get 10
          local.get 11
          i32.ge_u
          br_if 1 (;@2;)
          i32.const 0
          i32.const 108
          i32.store8 offset=40
          i32.const 0
          local.get 10
          i32.store16 offset=41 align=1
          i32.const 40
          i32.const 3
          i32.const 233216
          i32.const 256
          i32.const 0
          call 5
          if ;; label = @4
            i32.const 0
            return
          end
          local.get 10
          i32.const 1
          i32.add
          local.set 10
          br 0 (;@3;)
        end
      end
    end
    i32.const 1
    local.set 16
    block ;; label = @1
      loop ;; label = @2
        local.get 15
        local.get 16
        i32.ge_u
        br_if 1 (;@1;)
        i32.const 134912
        global.set 0
        local.get 15
        i32.const 32
        i32.mul
        i32.const 512
        i32.add
        local.tee 12
        i32.load offset=16 align=1
        local.tee 13
        i32.const 16
        i32.mul
        i32.const 32
        i32.add
        local.set 14
        i32.const 0
        i32.const 98
        i32.store8 offset=40
        i32.const 0
        local.get 13
        i32.store8 offset=41
        i32.const 0
        local.get 12
        i64.load align=1
        i64.store offset=42 align=1
        i32.const 10
        local.get 14
        call $row_of
        i32.eqz
        if ;; label = @3
          i32.const 40
          i32.const 10
          i32.const 233216
          local.get 14
          i32.const 0
          call 5
          if ;; label = @4
            i32.const 0
            return
          end
        end
        local.get 15
        i32.const 1
        i32.add
        local.set 15
        br 0 (;@2;)
      end
    end
    i32.const 1
  )
  (func $configure (;13;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32)
    call $enter
    i32.const 0
    global.set 1
    local.get 1
    i32.eqz
    if ;; label = @1
      i32.const 1
      return
    end
    local.get 1
    i32.const 256
    local.get 1
    i32.const 256
    i32.lt_u
    select
    local.set 2
    i32.const 7
    i32.const 0
    local.get 2
    i32.const 0
    i32.const 4
    call 2
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=4 align=1
    i32.eqz
    if ;; label = @1
      i32.const 1
      return
    end
    call $returned
    i32.eqz
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load align=1
    local.set 3
    i32.const 0
    i32.load offset=4 align=1
    local.tee 2
    local.set 6
    block ;; label = @1
      loop ;; label = @2
        local.get 5
        local.get 6
        i32.ge_u
        br_if 1 (;@1;)
        local.get 3
        local.get 5
        i32.add
        i32.load8_u
        local.set 4
        global.get 1
        local.get 4
        i32.const 65
        i32.eq
        i32.const 0
        i32.shl
        i32.or
        local.get 4
        i32.const 80
        i32.eq
        i32.const 1
        i32.shl
        i32.or
        local.get 4
        i32.const 71
        i32.eq
        i32.const 2
        i32.shl
        i32.or
        local.get 4
        i32.const 67
        i32.eq
        i32.const 3
        i32.shl
        i32.or
        global.set 1
        local.get 5
        i32.const 1
        i32.add
        local.set 5
        br 0 (;@2;)
      end
    end
    i32.const 1
  )
  (func $request_headers (;14;) (type 1) (param i32 i32 i32) (result i32)
    call $enter
    i32.const 0
    call $scan
    i32.eqz
    if ;; label = @1
      i32.const 0
      call $count
      i32.const 0
      return
    end
    call $split
    local.get 0
    call $route
  )
  (func $response_headers (;15;) (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32)
    local.get 0
    call $ticket_of
    local.tee 3
    i32.eqz
    if ;; label = @1
      i32.const 0
      return
    end
    call $enter
    block ;; label = @1
      i32.const 2
      local.set 4
      block ;; label = @2
        i32.const 2
        call $scan
        i32.eqz
        i32.const 0
        i32.load offset=476 align=1
        i32.const 3
        i32.ne
        i32.or
        br_if 0 (;@2;)
        i32.const 0
        i32.load offset=472 align=1
        i32.load8_u
        i32.const 53
        i32.eq
        local.tee 4
        br_if 0 (;@2;)
        i32.const 0
        i32.load offset=484 align=1
        local.tee 5
        i32.const 16
        i32.lt_u
        br_if 0 (;@2;)
        i32.const 0
        i32.load offset=480 align=1
        i32.const 785
        i32.const 16
        call $equal
        i32.eqz
        br_if 0 (;@2;)
        local.get 5
        i32.const 16
        i32.gt_u
        i32.const 0
        i32.load offset=480 align=1
        i32.load8_u offset=16
        i32.const 45
        i32.eq
        i32.and
        br_if 0 (;@2;)
        i32.const 0
        i32.load offset=488 align=1
        i32.eqz
        local.get 2
        i32.eqz
        i32.and
        if ;; label = @3
          local.get 3
          i32.const 1
          i32.store offset=12 align=1
          br 2 (;@1;)
        end
        local.get 3
        call $settle_grpc
        br 1 (;@1;)
      end
      local.get 3
      local.get 4
      call $settle
    end
    i32.const 0
  )
  (func $response_trailers (;16;) (type 6) (param i32 i32) (result i32)
    (local i32)
    local.get 0
    call $ticket_of
    local.tee 2
    if ;; label = @1
      local.get 2
      i32.load offset=12 align=1
      if ;; label = @2
        call $enter
        i32.const 3
        call $scan
        if ;; label = @3
          local.get 2
          call $settle_grpc
        else
          local.get 2
          i32.const 2
          call $settle
        end
      end
    end
    i32.const 0
  )
  (func $log (;17;) (type 9) (param i32)
    (local i32 i32)
    local.get 0
    call $ticket_of
    local.tee 1
    i32.eqz
    br_if 0
    call $enter
    i32.const 2
    local.set 2
    local.get 1
    i32.load offset=12 align=1
    if ;; label = @1
      i32.const 0
      i32.const 0
      i32.store offset=4 align=1
      i32.const 801
      i32.const 14
      i32.const 0
      i32.const 4
      call 0
      i32.const 0
      i32.eq
      i32.const 0
      i32.load offset=4 align=1
      i32.const 8
      i32.eq
      i32.and
      if ;; label = @2
        call $returned
        if ;; label = @3
          i32.const 0
          i32.load align=1
          i64.load align=1
          i64.const 14
          i64.shr_u
          i32.wrap_i64
          i32.const 1
          i32.and
          i32.eqz
          if ;; label = @4
            i32.const 1
            local.set 2
          end
        end
      end
    end
    local.get 1
    local.get 2
    call $settle
  )
  (func $enter (;18;) (type 7)
    i32.const 134912
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
  (func $row_of (;19;) (type 6) (param i32 i32) (result i32)
    i32.const 40
    local.get 0
    i32.const 0
    i32.const 4
    i32.const 8
    call 4
    i32.const 0
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    call $returned
    i32.eqz
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=4 align=1
    local.get 1
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load align=1
  )
  (func $returned (;20;) (type 10) (result i32)
    (local i32)
    i32.const 0
    i32.load align=1
    local.tee 0
    i32.const 134912
    i32.lt_u
    local.get 0
    i32.const 233216
    i32.ge_u
    i32.or
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=4 align=1
    i32.const 233216
    local.get 0
    i32.sub
    i32.le_u
  )
  (func $scan (;21;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 5
    local.set 2
    block ;; label = @1
      loop ;; label = @2
        local.get 1
        local.get 2
        i32.ge_u
        br_if 1 (;@1;)
        local.get 1
        i32.const 3
        i32.shl
        i64.const 0
        i64.store offset=456 align=1
        local.get 1
        i32.const 1
        i32.add
        local.set 1
        br 0 (;@2;)
      end
    end
    i32.const 0
    i32.const 0
    i32.store offset=4 align=1
    local.get 0
    i32.const 0
    i32.const 4
    call 1
    i32.const 0
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=4 align=1
    local.tee 3
    i32.eqz
    if ;; label = @1
      i32.const 1
      return
    end
    call $returned
    i32.eqz
    local.get 3
    i32.const 4
    i32.lt_u
    i32.or
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load align=1
    local.tee 4
    i32.load align=1
    local.tee 5
    i32.const 1024
    i32.gt_u
    if ;; label = @1
      i32.const 0
      return
    end
    local.get 5
    i32.const 3
    i32.shl
    i32.const 4
    i32.add
    local.tee 6
    local.get 3
    i32.gt_u
    if ;; label = @1
      i32.const 0
      return
    end
    local.get 5
    local.set 14
    block ;; label = @1
      loop ;; label = @2
        local.get 13
        local.get 14
        i32.ge_u
        br_if 1 (;@1;)
        local.get 4
        local.get 13
        i32.const 3
        i32.shl
        i32.add
        i32.load offset=4 align=1
        local.set 8
        local.get 4
        local.get 13
        i32.const 3
        i32.shl
        i32.add
        i32.load offset=8 align=1
        local.set 10
        local.get 8
        local.get 3
        i32.gt_u
        local.get 10
        local.get 3
        i32.gt_u
        i32.or
        if ;; label = @3
          i32.const 0
          return
        end
        local.get 4
        local.get 6
        i32.add
        local.tee 7
        local.get 8
        i32.add
        i32.const 1
        i32.add
        local.set 9
        local.get 6
        local.get 8
        i32.add
        local.get 10
        i32.add
        i32.const 2
        i32.add
        local.tee 6
        local.get 3
        i32.gt_u
        if ;; label = @3
          i32.const 0
          return
        end
        i32.const 815
        local.set 11
        i32.const 0
        local.set 15
        i32.const 5
        local.set 16
        block ;; label = @3
          loop ;; label = @4
            local.get 15
            local.get 16
            i32.ge_u
            br_if 1 (;@3;)
            local.get 11
            i32.load16_u align=1
            local.tee 12
            local.get 8
            i32.eq
            local.get 15
            i32.const 3
            i32.shl
            i32.load offset=456 align=1
            i32.eqz
            i32.and
            if ;; label = @5
              local.get 7
              local.get 11
              i32.const 2
              i32.add
              local.get 12
              call $equal
              if ;; label = @6
                local.get 15
                i32.const 3
                i32.shl
                local.get 9
                i32.store offset=456 align=1
                local.get 15
                i32.const 3
                i32.shl
                local.get 10
                i32.store offset=460 align=1
              end
            end
            local.get 11
            i32.const 2
            i32.add
            local.get 12
            i32.add
            local.set 11
            local.get 15
            i32.const 1
            i32.add
            local.set 15
            br 0 (;@4;)
          end
        end
        local.get 13
        i32.const 1
        i32.add
        local.set 13
        br 0 (;@2;)
      end
    end
    i32.const 1
  )
  (func $count (;22;) (type 9) (param i32)
    (local i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=3776 align=1
    local.tee 1
    i32.const -1
    i32.ne
    if ;; label = @1
      local.get 1
      i64.const 1
      call 7
      drop
    end
  )
  (func $split (;23;) (type 7)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 0
    i32.load offset=456 align=1
    local.set 0
    i32.const 0
    i32.load offset=460 align=1
    local.set 1
    i32.const -1
    local.set 2
    local.get 1
    local.set 5
    block ;; label = @1
      loop ;; label = @2
        local.get 4
        local.get 5
        i32.ge_u
        br_if 1 (;@1;)
        local.get 0
        local.get 4
        i32.add
        i32.load8_u
        local.tee 3
        i32.const 35
        i32.eq
        if ;; label = @3
          local.get 4
          local.set 1
          br 2 (;@1;)
        end
        local.get 3
        i32.const 63
        i32.eq
        local.get 2
        i32.const -1
        i32.eq
        i32.and
        if ;; label = @3
          local.get 4
          local.set 2
        end
        local.get 4
        i32.const 1
        i32.add
        local.set 4
        br 0 (;@2;)
      end
    end
    i32.const 0
    local.get 0
    local.get 2
    i32.add
    i32.const 1
    i32.add
    i32.store offset=168 align=1
    i32.const 0
    i32.const 0
    i32.store offset=172 align=1
    local.get 2
    i32.const -1
    i32.ne
    if ;; label = @1
      i32.const 0
      local.get 1
      local.get 2
      i32.sub
      i32.const 1
      i32.sub
      i32.store offset=172 align=1
      local.get 2
      local.set 1
    end
    i32.const 0
    i32.const -1
    i32.store offset=176 align=1
    i32.const 0
    i32.const 0
    i32.store offset=180 align=1
    local.get 1
    i32.eqz
    br_if 0
    local.get 0
    i32.load8_u
    i32.const 47
    i32.ne
    br_if 0
    local.get 1
    i32.const 1
    i32.eq
    if ;; label = @1
      i32.const 0
      local.set 1
    else
      local.get 0
      local.get 1
      i32.add
      i32.const 1
      i32.sub
      i32.load8_u
      i32.const 47
      i32.eq
      if ;; label = @2
        local.get 1
        i32.const 1
        i32.sub
        local.set 1
      end
    end
    i32.const 0
    local.get 0
    local.get 1
    i32.add
    i32.store offset=184 align=1
    i32.const 1
    local.set 7
    local.get 1
    local.set 11
    block ;; label = @1
      loop ;; label = @2
        local.get 10
        local.get 11
        i32.ge_u
        br_if 1 (;@1;)
        local.get 10
        i32.const 1
        i32.add
        local.tee 8
        local.get 1
        i32.eq
        local.get 0
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
          local.set 9
          local.get 6
          i32.const 33
          i32.lt_u
          if ;; label = @4
            local.get 6
            i32.const 3
            i32.shl
            local.get 0
            local.get 7
            i32.add
            i32.store offset=192 align=1
            local.get 6
            i32.const 3
            i32.shl
            local.get 9
            i32.store offset=196 align=1
          end
          local.get 6
          i32.const 1
          i32.add
          local.set 6
          local.get 9
          i32.eqz
          if ;; label = @4
            i32.const 0
            local.get 6
            i32.store offset=180 align=1
          end
          local.get 8
          i32.const 1
          i32.add
          local.set 7
        end
        local.get 10
        i32.const 1
        i32.add
        local.set 10
        br 0 (;@2;)
      end
    end
    i32.const 0
    local.get 6
    i32.store offset=176 align=1
  )
  (func $route (;24;) (type 8) (param i32) (result i32)
    i32.const 0
    i32.load offset=176 align=1
    i32.const -1
    i32.eq
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=176 align=1
    i32.const 0
    i32.gt_u
    i32.const 0
    i32.const 867
    i32.const 6
    call $segment_is
    i32.and
    if ;; label = @1
      i32.const 0
      i32.load offset=176 align=1
      i32.const 1
      i32.eq
      if ;; label = @2
        i32.const 464
        i32.const 873
        i32.const 4
        call $slot_is
        if ;; label = @3
          local.get 0
          call $endpoint_0
          return
        end
      end
      i32.const 0
      i32.load offset=176 align=1
      i32.const 1
      i32.gt_u
      i32.const 0
      i32.load offset=204 align=1
      i32.const 0
      i32.ne
      i32.and
      if ;; label = @2
        i32.const 0
        i32.load offset=176 align=1
        i32.const 2
        i32.eq
        if ;; label = @3
          i32.const 464
          i32.const 877
          i32.const 3
          call $slot_is
          i32.const 464
          i32.const 880
          i32.const 4
          call $slot_is
          i32.or
          if ;; label = @4
            local.get 0
            call $endpoint_1
            return
          end
        end
      end
    end
    i32.const 0
  )
  (func $ticket_of (;25;) (type 8) (param i32) (result i32)
    (local i32)
    local.get 0
    i32.const 4095
    i32.and
    i32.const 32
    i32.mul
    i32.const 3840
    i32.add
    local.tee 1
    i32.const 0
    local.get 1
    i32.load offset=4 align=1
    i32.const 0
    i32.ne
    local.get 1
    i32.load align=1
    local.get 0
    i32.eq
    i32.and
    select
  )
  (func $equal (;26;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $settle_grpc (;27;) (type 9) (param i32)
    (local i32 i32 i32 i32 i32 i32)
    i32.const 2
    local.set 1
    i32.const 0
    i32.load offset=488 align=1
    local.set 2
    block ;; label = @1
      i32.const 0
      i32.load offset=492 align=1
      local.tee 4
      i32.eqz
      local.get 4
      i32.const 2
      i32.gt_u
      i32.or
      br_if 0 (;@1;)
      i32.const 0
      local.set 1
      local.get 4
      local.set 6
      block ;; label = @2
        loop ;; label = @3
          local.get 5
          local.get 6
          i32.ge_u
          br_if 1 (;@2;)
          local.get 2
          local.get 5
          i32.add
          i32.load8_u
          i32.const 48
          i32.sub
          local.tee 3
          i32.const 9
          i32.gt_u
          if ;; label = @4
            i32.const 2
            local.set 1
            br 3 (;@1;)
          end
          local.get 1
          i32.const 10
          i32.mul
          local.get 3
          i32.add
          local.set 1
          local.get 5
          i32.const 1
          i32.add
          local.set 5
          br 0 (;@3;)
        end
      end
    end
    local.get 0
    local.get 1
    i32.const 32
    i32.lt_u
    i32.const 57364
    local.get 1
    i32.shr_u
    i32.and
    i32.const 1
    i32.and
    call $settle
  )
  (func $settle (;28;) (type 11) (param i32 i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64)
    local.get 0
    i32.load offset=4 align=1
    i32.const 1
    i32.sub
    i32.const 32
    i32.mul
    i32.const 512
    i32.add
    local.tee 2
    i32.load offset=16 align=1
    local.set 3
    local.get 2
    i32.load offset=24 align=1
    local.set 4
    local.get 3
    i32.const 16
    i32.mul
    i32.const 32
    i32.add
    local.set 5
    local.get 2
    i64.load offset=8 align=1
    local.set 14
    i32.const 0
    i32.const 98
    i32.store8 offset=40
    i32.const 0
    local.get 3
    i32.store8 offset=41
    i32.const 0
    local.get 2
    i64.load align=1
    i64.store offset=42 align=1
    local.get 0
    i32.const 0
    i32.store offset=4 align=1
    block ;; label = @1
      global.get 2
      i64.const -1
      i64.eq
      br_if 0 (;@1;)
      global.get 0
      local.set 11
      i32.const 16
      local.set 13
      block ;; label = @2
        loop ;; label = @3
          local.get 12
          local.get 13
          i32.ge_u
          br_if 1 (;@2;)
          local.get 11
          global.set 0
          i32.const 10
          local.get 5
          call $row_of
          local.tee 6
          i32.eqz
          br_if 2 (;@1;)
          i32.const 0
          local.set 9
          local.get 6
          i64.load align=1
          local.get 0
          i64.load offset=16 align=1
          i64.eq
          i32.eqz
          br_if 3
          local.get 6
          i32.load offset=12 align=1
          local.set 7
          local.get 6
          i32.load offset=8 align=1
          i32.const 0
          i32.eq
          if ;; label = @4
            local.get 1
            i32.const 2
            i32.eq
            br_if 4
            local.get 1
            i32.const 1
            i32.eq
            if ;; label = @5
              local.get 7
              i32.const 1
              i32.add
              local.set 7
              local.get 6
              local.get 7
              i32.store offset=12 align=1
              local.get 7
              local.get 2
              i32.load offset=20 align=1
              i32.ge_u
              if ;; label = @6
                local.get 6
                local.get 6
                i64.load align=1
                i64.const 1
                i64.add
                i64.store align=1
                local.get 6
                i32.const 1
                i32.store offset=8 align=1
                local.get 6
                i32.const 0
                i32.store offset=12 align=1
                local.get 6
                global.get 2
                i64.store offset=16 align=1
                i32.const 2
                local.set 9
              end
            else
              local.get 7
              i32.eqz
              br_if 5
              local.get 6
              i32.const 0
              i32.store offset=12 align=1
            end
          else
            local.get 6
            i32.load offset=8 align=1
            i32.const 2
            i32.ne
            br_if 4
            local.get 0
            i32.load offset=8 align=1
            local.get 3
            i32.ge_u
            br_if 4
            local.get 6
            local.get 0
            i32.load offset=8 align=1
            i32.const 4
            i32.shl
            i32.add
            i32.const 32
            i32.add
            local.tee 8
            i64.load align=1
            local.get 0
            i64.load offset=24 align=1
            i64.const 1
            i64.add
            i64.eq
            i32.eqz
            br_if 4
            local.get 8
            i32.const 8
            i32.add
            local.get 14
            call $left
            local.set 15
            local.get 8
            i64.const 0
            i64.store align=1
            local.get 15
            i64.const 0
            i64.ne
            if ;; label = @5
              local.get 1
              i32.const 0
              i32.eq
              if ;; label = @6
                local.get 7
                i32.const 1
                i32.add
                local.set 7
                local.get 6
                local.get 7
                i32.store offset=12 align=1
                local.get 7
                local.get 3
                i32.ge_u
                if ;; label = @7
                  local.get 6
                  local.get 6
                  i64.load align=1
                  i64.const 1
                  i64.add
                  i64.store align=1
                  local.get 6
                  i32.const 0
                  i32.store offset=8 align=1
                  local.get 6
                  i32.const 0
                  i32.store offset=12 align=1
                  i32.const 4
                  local.set 9
                end
              end
              local.get 1
              i32.const 1
              i32.eq
              if ;; label = @6
                local.get 6
                local.get 6
                i64.load align=1
                i64.const 1
                i64.add
                i64.store align=1
                local.get 6
                i32.const 1
                i32.store offset=8 align=1
                local.get 6
                i32.const 0
                i32.store offset=12 align=1
                local.get 6
                global.get 2
                i64.store offset=16 align=1
                i32.const 2
                local.set 9
              end
            end
          end
          i32.const 40
          i32.const 10
          local.get 6
          local.get 5
          i32.const 0
          i32.load offset=8 align=1
          call 5
          local.tee 10
          i32.const 0
          i32.eq
          if ;; label = @4
            local.get 9
            if ;; label = @5
              local.get 4
              local.get 9
              i32.add
              call $count
            end
            return
          end
          local.get 10
          i32.const 8
          i32.ne
          br_if 2 (;@1;)
          local.get 12
          i32.const 1
          i32.add
          local.set 12
          br 0 (;@3;)
        end
      end
      local.get 4
      i32.const 5
      i32.add
      call $count
      return
    end
    local.get 4
    i32.const 6
    i32.add
    call $count
  )
  (func $segment_is (;29;) (type 1) (param i32 i32 i32) (result i32)
    local.get 0
    i32.const 3
    i32.shl
    i32.const 192
    i32.add
    local.get 1
    local.get 2
    call $slot_is
  )
  (func $slot_is (;30;) (type 1) (param i32 i32 i32) (result i32)
    local.get 0
    i32.load offset=4 align=1
    local.get 2
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    local.get 0
    i32.load align=1
    local.get 1
    local.get 2
    call $equal
  )
  (func $endpoint_0 (;31;) (type 8) (param i32) (result i32)
    (local i32)
    local.get 0
    i32.const 0
    call $admit
    local.tee 1
    if ;; label = @1
      local.get 1
      call $refuse_open
      return
    end
    i32.const 0
  )
  (func $endpoint_1 (;32;) (type 8) (param i32) (result i32)
    global.get 1
    i32.const 8
    i32.and
    i32.const 8
    i32.eq
    i32.eqz
    if ;; label = @1
      call $address
      if ;; label = @2
        i32.const 0
        i64.const -6403218214424296340
        i64.store offset=56 align=1
        i32.const 0
        i32.const 0
        i32.load8_u offset=144
        i32.store8 offset=64
        i32.const 0
        i32.const 0
        i64.load offset=145 align=1
        i64.store offset=65 align=1
        i32.const 56
        i32.const 17
        call $hash
        i64.const 10000000
        i64.const 1990000000
        i32.const 8
        call $take
        i32.eqz
        if ;; label = @3
          i32.const 429
          i32.const 991
          i32.const 17
          i32.const 1008
          i32.const 63
          i32.const 884
          i32.const 107
          i32.const 8
          call 3
          i32.const 0
          i32.eq
          return
        end
      else
        i32.const 8
        i32.const 4
        i32.add
        call $count
        i32.const 8
        i32.const 0
        i32.add
        call $count
      end
    end
    i32.const 0
  )
  (func $left (;33;) (type 12) (param i32 i64) (result i64)
    (local i64)
    local.get 0
    i64.load align=1
    global.get 2
    i64.gt_u
    if ;; label = @1
      local.get 0
      global.get 2
      i64.store align=1
    end
    global.get 2
    local.get 0
    i64.load align=1
    i64.sub
    local.set 2
    local.get 1
    local.get 2
    i64.sub
    i64.const 0
    local.get 2
    local.get 1
    i64.lt_u
    select
  )
  (func $admit (;34;) (type 6) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64)
    local.get 1
    i32.const 32
    i32.mul
    i32.const 512
    i32.add
    local.tee 2
    i32.load offset=16 align=1
    local.set 3
    local.get 2
    i32.load offset=24 align=1
    local.set 4
    local.get 3
    i32.const 16
    i32.mul
    i32.const 32
    i32.add
    local.set 5
    local.get 2
    i64.load offset=8 align=1
    local.set 20
    i32.const 0
    i32.const 98
    i32.store8 offset=40
    i32.const 0
    local.get 3
    i32.store8 offset=41
    i32.const 0
    local.get 2
    i64.load align=1
    i64.store offset=42 align=1
    block ;; label = @1
      global.get 2
      i64.const -1
      i64.eq
      br_if 0 (;@1;)
      global.get 0
      local.set 11
      i32.const 16
      local.set 13
      block ;; label = @2
        loop ;; label = @3
          local.get 12
          local.get 13
          i32.ge_u
          br_if 1 (;@2;)
          local.get 11
          global.set 0
          i32.const 10
          local.get 5
          call $row_of
          local.tee 6
          i32.eqz
          br_if 2 (;@1;)
          local.get 6
          i32.load offset=8 align=1
          i32.const 0
          i32.eq
          if ;; label = @4
            local.get 0
            i32.const 4095
            i32.and
            i32.const 32
            i32.mul
            i32.const 3840
            i32.add
            local.tee 14
            local.get 0
            i32.store align=1
            local.get 14
            local.get 1
            i32.const 1
            i32.add
            i32.store offset=4 align=1
            local.get 14
            i32.const -1
            i32.store offset=8 align=1
            local.get 14
            i32.const 0
            i32.store offset=12 align=1
            local.get 14
            local.get 6
            i64.load align=1
            i64.store offset=16 align=1
            local.get 14
            i64.const 0
            i64.store offset=24 align=1
            local.get 4
            i32.const 0
            i32.add
            call $count
            i32.const 0
            return
          end
          i32.const 0
          local.set 10
          i64.const 0
          local.set 23
          local.get 6
          i32.load offset=8 align=1
          i32.const 1
          i32.eq
          if ;; label = @4
            local.get 10
            local.get 6
            i32.const 16
            i32.add
            i64.load align=1
            global.get 2
            i64.gt_u
            i32.or
            local.set 10
            local.get 6
            i32.const 16
            i32.add
            local.get 20
            call $left
            local.tee 22
            local.set 23
            local.get 22
            i64.const 0
            i64.eq
            if ;; label = @5
              local.get 6
              local.get 6
              i64.load align=1
              i64.const 1
              i64.add
              i64.store align=1
              local.get 6
              i32.const 2
              i32.store offset=8 align=1
              local.get 6
              i32.const 0
              i32.store offset=12 align=1
              i32.const 0
              local.set 15
              local.get 3
              local.set 16
              block ;; label = @6
                loop ;; label = @7
                  local.get 15
                  local.get 16
                  i32.ge_u
                  br_if 1 (;@6;)
                  local.get 6
                  local.get 15
                  i32.const 4
                  i32.shl
                  i32.add
                  i64.const 0
                  i64.store offset=32 align=1
                  local.get 6
                  local.get 15
                  i32.const 4
                  i32.shl
                  i32.add
                  i64.const 0
                  i64.store offset=40 align=1
                  local.get 15
                  i32.const 1
                  i32.add
                  local.set 15
                  br 0 (;@7;)
                end
              end
            end
          end
          block ;; label = @4
            local.get 23
            i64.const 0
            i64.ne
            br_if 0 (;@4;)
            local.get 20
            local.set 23
            i32.const 0
            local.set 17
            local.get 3
            local.set 18
            block ;; label = @5
              loop ;; label = @6
                local.get 17
                local.get 18
                i32.ge_u
                br_if 1 (;@5;)
                local.get 6
                local.get 17
                i32.const 4
                i32.shl
                i32.add
                i32.const 32
                i32.add
                local.set 8
                i64.const 0
                local.set 22
                local.get 8
                i64.load align=1
                i64.const 0
                i64.ne
                if ;; label = @7
                  local.get 10
                  local.get 8
                  i32.const 8
                  i32.add
                  i64.load align=1
                  global.get 2
                  i64.gt_u
                  i32.or
                  local.set 10
                  local.get 8
                  i32.const 8
                  i32.add
                  local.get 20
                  call $left
                  local.set 22
                end
                local.get 22
                i64.const 0
                i64.eq
                if ;; label = @7
                  local.get 17
                  local.set 7
                  local.get 6
                  i64.load offset=24 align=1
                  local.set 21
                  local.get 6
                  local.get 21
                  i64.const 1
                  i64.add
                  i64.store offset=24 align=1
                  local.get 8
                  local.get 21
                  i64.const 1
                  i64.add
                  i64.store align=1
                  local.get 8
                  global.get 2
                  i64.store offset=8 align=1
                  i64.const 0
                  local.set 23
                  i32.const 1
                  local.set 10
                  br 3 (;@4;)
                end
                local.get 22
                local.get 23
                local.get 22
                local.get 23
                i64.lt_u
                select
                local.set 23
                local.get 17
                i32.const 1
                i32.add
                local.set 17
                br 0 (;@6;)
              end
            end
          end
          i32.const 0
          local.set 9
          local.get 10
          if ;; label = @4
            i32.const 40
            i32.const 10
            local.get 6
            local.get 5
            i32.const 0
            i32.load offset=8 align=1
            call 5
            local.set 9
          end
          local.get 9
          i32.const 0
          i32.eq
          if ;; label = @4
            local.get 23
            i64.const 0
            i64.ne
            if ;; label = @5
              local.get 4
              i32.const 1
              i32.add
              call $count
              local.get 23
              i64.const 999999999
              i64.add
              i64.const 1000000000
              i64.div_u
              i32.wrap_i64
              return
            end
            local.get 0
            i32.const 4095
            i32.and
            i32.const 32
            i32.mul
            i32.const 3840
            i32.add
            local.tee 19
            local.get 0
            i32.store align=1
            local.get 19
            local.get 1
            i32.const 1
            i32.add
            i32.store offset=4 align=1
            local.get 19
            local.get 7
            i32.store offset=8 align=1
            local.get 19
            i32.const 0
            i32.store offset=12 align=1
            local.get 19
            local.get 6
            i64.load align=1
            i64.store offset=16 align=1
            local.get 19
            local.get 21
            i64.store offset=24 align=1
            local.get 4
            i32.const 3
            i32.add
            call $count
            local.get 4
            i32.const 0
            i32.add
            call $count
            i32.const 0
            return
          end
          local.get 9
          i32.const 8
          i32.ne
          br_if 2 (;@1;)
          local.get 12
          i32.const 1
          i32.add
          local.set 12
          br 0 (;@3;)
        end
      end
      local.get 4
      i32.const 5
      i32.add
      call $count
      local.get 4
      i32.const 0
      i32.add
      call $count
      i32.const 0
      return
    end
    local.get 4
    i32.const 6
    i32.add
    call $count
    local.get 4
    i32.const 0
    i32.add
    call $count
    i32.const 0
  )
  (func $refuse_open (;35;) (type 8) (param i32) (result i32)
    (local i32 i32 i32 i32)
    i32.const 1
    local.get 0
    i32.const 10
    i32.ge_u
    i32.add
    local.get 0
    i32.const 100
    i32.ge_u
    i32.add
    local.get 0
    i32.const 1000
    i32.ge_u
    i32.add
    local.set 1
    i32.const 0
    local.get 1
    i32.store offset=1095 align=1
    local.get 1
    i32.const 0
    i32.store8 offset=1181
    local.get 1
    local.set 3
    block ;; label = @1
      loop ;; label = @2
        local.get 2
        local.get 3
        i32.ge_u
        br_if 1 (;@1;)
        local.get 0
        i32.const 10
        i32.div_u
        local.set 4
        local.get 1
        local.get 2
        i32.sub
        i32.const 1
        i32.sub
        local.get 0
        local.get 4
        i32.const 10
        i32.mul
        i32.sub
        i32.const 48
        i32.add
        i32.store8 offset=1181
        local.get 4
        local.set 0
        local.get 2
        i32.const 1
        i32.add
        local.set 2
        br 0 (;@2;)
      end
    end
    i32.const 503
    i32.const 1186
    i32.const 22
    i32.const 1208
    i32.const 65
    i32.const 1071
    local.get 1
    i32.const 110
    i32.add
    i32.const 1
    i32.add
    i32.const 14
    call 3
    i32.const 0
    i32.eq
  )
  (func $address (;36;) (type 10) (result i32)
    (local i32 i32)
    global.get 1
    i32.const 2
    i32.and
    local.set 0
    i32.const 0
    i32.const 0
    i32.store8 offset=144
    i32.const 0
    i64.const 0
    i64.store offset=145 align=1
    i32.const 1287
    i32.const 1273
    local.get 0
    select
    i32.const 24
    i32.const 14
    local.get 0
    select
    i32.const 0
    i32.const 4
    call 0
    local.tee 1
    i32.const 1
    i32.eq
    if ;; label = @1
      i32.const 1
      return
    end
    local.get 1
    i32.const 0
    i32.ne
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load offset=4 align=1
    i32.eqz
    if ;; label = @1
      i32.const 1
      return
    end
    call $returned
    i32.eqz
    if ;; label = @1
      i32.const 0
      return
    end
    i32.const 0
    i32.load align=1
    i32.const 0
    i32.load offset=4 align=1
    call $read_address
    i32.const 1
  )
  (func $hash (;37;) (type 13) (param i32 i32) (result i64)
    (local i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64)
    i32.const 0
    i64.load offset=24 align=1
    local.set 8
    i32.const 0
    i64.load offset=32 align=1
    local.set 9
    local.get 8
    i64.const 8317987319222330741
    i64.xor
    local.set 10
    local.get 9
    i64.const 7237128888997146477
    i64.xor
    local.set 11
    local.get 8
    i64.const 7816392313619706465
    i64.xor
    local.set 12
    local.get 9
    i64.const 8387220255154660723
    i64.xor
    local.set 13
    local.get 1
    i32.const 3
    i32.shr_u
    local.set 2
    local.get 1
    i64.extend_i32_u
    i64.const 56
    i64.shl
    local.set 14
    local.get 0
    local.get 1
    i32.const -8
    i32.and
    i32.add
    local.set 3
    local.get 1
    i32.const 7
    i32.and
    local.set 5
    block ;; label = @1
      loop ;; label = @2
        local.get 4
        local.get 5
        i32.ge_u
        br_if 1 (;@1;)
        local.get 14
        local.get 3
        local.get 4
        i32.add
        i32.load8_u
        i64.extend_i32_u
        local.get 4
        i32.const 3
        i32.shl
        i64.extend_i32_u
        i64.shl
        i64.or
        local.set 14
        local.get 4
        i32.const 1
        i32.add
        local.set 4
        br 0 (;@2;)
      end
    end
    local.get 2
    i32.const 4
    i32.add
    local.set 7
    block ;; label = @1
      loop ;; label = @2
        local.get 6
        local.get 7
        i32.ge_u
        br_if 1 (;@1;)
        i64.const 0
        local.set 15
        local.get 6
        local.get 2
        i32.lt_u
        if ;; label = @3
          local.get 0
          local.get 6
          i32.const 3
          i32.shl
          i32.add
          i64.load align=1
          local.set 15
        else
          local.get 6
          local.get 2
          i32.eq
          if ;; label = @4
            local.get 14
            local.set 15
          end
          local.get 6
          local.get 2
          i32.const 1
          i32.add
          i32.eq
          if ;; label = @4
            local.get 12
            i64.const 255
            i64.xor
            local.set 12
          end
        end
        local.get 13
        local.get 15
        i64.xor
        local.set 13
        local.get 10
        local.get 11
        i64.add
        local.set 10
        local.get 11
        i64.const 13
        i64.rotl
        local.get 10
        i64.xor
        local.set 11
        local.get 10
        i64.const 32
        i64.rotl
        local.set 10
        local.get 12
        local.get 13
        i64.add
        local.set 12
        local.get 13
        i64.const 16
        i64.rotl
        local.get 12
        i64.xor
        local.set 13
        local.get 10
        local.get 13
        i64.add
        local.set 10
        local.get 13
        i64.const 21
        i64.rotl
        local.get 10
        i64.xor
        local.set 13
        local.get 12
        local.get 11
        i64.add
        local.set 12
        local.get 11
        i64.const 17
        i64.rotl
        local.get 12
        i64.xor
        local.set 11
        local.get 12
        i64.const 32
        i64.rotl
        local.set 12
        local.get 10
        local.get 15
        i64.xor
        local.set 10
        local.get 6
        i32.const 1
        i32.add
        local.set 6
        br 0 (;@2;)
      end
    end
    local.get 10
    local.get 11
    i64.xor
    local.get 12
    i64.xor
    local.get 13
    i64.xor
  )
  (func $take (;38;) (type 14) (param i64 i64 i64 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64)
    block ;; label = @1
      global.get 2
      i64.const -1
      i64.eq
      br_if 0 (;@1;)
      global.get 2
      local.set 15
      i64.const -1
      local.get 15
      i64.const 1
      i64.mul
      local.get 15
      i64.const -1
      i64.gt_u
      select
      local.set 16
      local.get 0
      i64.const 1
      i64.or
      local.set 17
      local.get 16
      local.get 2
      call $sum
      local.tee 18
      local.get 1
      call $sum
      local.set 19
      i32.const 0
      i32.const 108
      i32.store8 offset=40
      i32.const 0
      local.get 0
      i64.const 51
      i64.shr_u
      i32.wrap_i64
      i32.store16 offset=41 align=1
      global.get 0
      local.set 9
      i32.const 16
      local.set 11
      block ;; label = @2
        loop ;; label = @3
          local.get 10
          local.get 11
          i32.ge_u
          br_if 1 (;@2;)
          local.get 9
          global.set 0
          i32.const 3
          i32.const 256
          call $row_of
          local.tee 4
          i32.eqz
          br_if 2 (;@1;)
          local.get 4
          local.set 5
          i64.const -1
          local.set 21
          block ;; label = @4
            i32.const 0
            local.set 12
            i32.const 16
            local.set 13
            block ;; label = @5
              loop ;; label = @6
                local.get 12
                local.get 13
                i32.ge_u
                br_if 1 (;@5;)
                local.get 4
                local.get 12
                i32.const 16
                i32.mul
                i32.add
                local.tee 6
                i64.load offset=8 align=1
                local.set 20
                local.get 6
                i64.load align=1
                local.get 17
                i64.eq
                if ;; label = @7
                  local.get 6
                  local.set 5
                  i32.const 0
                  local.set 7
                  br 3 (;@4;)
                end
                local.get 20
                local.get 21
                i64.lt_u
                if ;; label = @7
                  local.get 20
                  local.set 21
                  local.get 6
                  local.set 5
                end
                local.get 12
                i32.const 1
                i32.add
                local.set 12
                br 0 (;@6;)
              end
            end
            local.get 21
            local.get 16
            i64.gt_u
            local.set 7
            i64.const 0
            local.set 20
          end
          local.get 20
          local.set 21
          local.get 20
          local.get 19
          local.get 20
          local.get 19
          i64.lt_u
          select
          local.tee 20
          local.get 16
          local.get 20
          local.get 16
          i64.gt_u
          select
          local.tee 22
          local.get 18
          i64.le_u
          local.tee 8
          if ;; label = @4
            local.get 22
            local.get 1
            call $sum
            local.set 20
          end
          block ;; label = @4
            local.get 8
            i32.eqz
            local.get 20
            local.get 21
            i64.eq
            i32.and
            br_if 0 (;@4;)
            local.get 5
            local.get 17
            i64.store align=1
            local.get 5
            local.get 20
            i64.store offset=8 align=1
            i32.const 40
            i32.const 3
            local.get 4
            i32.const 256
            i32.const 0
            i32.load offset=8 align=1
            call 5
            local.tee 14
            i32.const 0
            i32.eq
            br_if 0 (;@4;)
            local.get 14
            i32.const 8
            i32.ne
            br_if 3 (;@1;)
            i32.const 0
            local.set 4
          end
          local.get 4
          if ;; label = @4
            local.get 7
            if ;; label = @5
              local.get 3
              i32.const 2
              i32.add
              call $count
            end
            local.get 3
            local.get 8
            i32.eqz
            i32.add
            call $count
            local.get 8
            return
          end
          local.get 10
          i32.const 1
          i32.add
          local.set 10
          br 0 (;@3;)
        end
      end
      local.get 3
      i32.const 3
      i32.add
      call $count
      local.get 3
      i32.const 0
      i32.add
      call $count
      i32.const 1
      return
    end
    local.get 3
    i32.const 4
    i32.add
    call $count
    local.get 3
    i32.const 0
    i32.add
    call $count
    i32.const 1
  )
  (func $read_address (;39;) (type 11) (param i32 i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64)
    i32.const -1
    local.set 10
    local.get 0
    i32.load8_u
    i32.const 91
    i32.eq
    local.set 13
    local.get 0
    local.get 13
    i32.add
    local.set 0
    local.get 1
    local.get 13
    i32.sub
    local.tee 1
    i32.const 1
    i32.add
    local.set 15
    block ;; label = @1
      loop ;; label = @2
        local.get 14
        local.get 15
        i32.ge_u
        br_if 1 (;@1;)
        local.get 0
        local.get 14
        i32.add
        i32.load8_u
        i32.const 93
        local.get 14
        local.get 1
        i32.lt_u
        select
        local.tee 2
        i32.const 93
        i32.eq
        local.get 2
        i32.const 37
        i32.eq
        i32.or
        local.get 2
        i32.const 58
        i32.eq
        local.get 11
        i32.const 0
        i32.ne
        i32.and
        i32.or
        local.tee 3
        local.get 2
        i32.const 58
        i32.eq
        i32.or
        local.get 2
        i32.const 46
        i32.eq
        i32.or
        if ;; label = @3
          local.get 11
          local.get 2
          i32.const 46
          i32.eq
          i32.or
          if ;; label = @4
            local.get 6
            i32.eqz
            local.get 8
            i32.const 255
            i32.gt_u
            i32.or
            br_if 4
            local.get 12
            i32.const 8
            i32.shl
            local.get 8
            i32.or
            local.set 12
            local.get 11
            i32.const 1
            i32.add
            local.set 11
            local.get 3
            if ;; label = @5
              local.get 19
              i64.const 16
              i64.shl
              local.get 12
              i32.const 16
              i32.shr_u
              i64.extend_i32_u
              i64.or
              local.set 19
              local.get 9
              i32.const 1
              i32.add
              local.set 9
              local.get 12
              i32.const 65535
              i32.and
              local.set 7
            end
          end
          local.get 2
          i32.const 46
          i32.eq
          i32.eqz
          if ;; label = @4
            local.get 6
            if ;; label = @5
              local.get 18
              i64.const 16
              i64.shl
              local.get 19
              i64.const 48
              i64.shr_u
              i64.or
              local.set 18
              local.get 19
              i64.const 16
              i64.shl
              local.tee 19
              local.get 7
              i64.extend_i32_u
              i64.or
              local.set 19
              local.get 9
              i32.const 1
              i32.add
              local.set 9
            else
              local.get 5
              local.get 3
              i32.eqz
              i32.and
              if ;; label = @6
                local.get 10
                i32.const -1
                i32.ne
                br_if 6
                local.get 9
                local.set 10
                local.get 18
                local.set 20
                local.get 19
                local.set 21
                i64.const 0
                local.set 18
                i64.const 0
                local.set 19
              end
            end
            local.get 3
            br_if 3 (;@1;)
            local.get 4
            i32.const 1
            i32.add
            local.set 4
            i32.const 1
            local.set 5
          end
          i32.const 0
          local.set 6
          i32.const 0
          local.set 7
          i32.const 0
          local.set 8
        else
          i32.const 0
          local.set 5
          local.get 2
          i32.const 48
          i32.sub
          local.tee 2
          i32.const 9
          i32.gt_u
          if ;; label = @4
            local.get 2
            i32.const 48
            i32.add
            i32.const 32
            i32.or
            i32.const 87
            i32.sub
            local.tee 2
            i32.const 10
            i32.lt_u
            local.get 2
            i32.const 15
            i32.gt_u
            i32.or
            br_if 4
          end
          local.get 7
          i32.const 4
          i32.shl
          local.get 2
          i32.or
          local.set 7
          local.get 8
          i32.const 10
          i32.mul
          local.get 2
          i32.add
          local.set 8
          local.get 6
          i32.const 1
          i32.add
          local.tee 6
          i32.const 4
          i32.gt_u
          br_if 3
        end
        local.get 14
        i32.const 1
        i32.add
        local.set 14
        br 0 (;@2;)
      end
    end
    local.get 11
    i32.const 0
    i32.ne
    local.get 11
    i32.const 4
    i32.ne
    i32.and
    br_if 0
    local.get 4
    if ;; label = @1
      local.get 9
      i32.const 8
      i32.gt_u
      br_if 1
      local.get 10
      i32.const -1
      i32.eq
      local.get 9
      i32.const 8
      i32.ne
      i32.and
      br_if 1
      local.get 10
      i32.const -1
      i32.ne
      if ;; label = @2
        i32.const 8
        local.get 10
        i32.sub
        local.set 17
        block ;; label = @3
          loop ;; label = @4
            local.get 16
            local.get 17
            i32.ge_u
            br_if 1 (;@3;)
            local.get 20
            i64.const 16
            i64.shl
            local.get 21
            i64.const 48
            i64.shr_u
            i64.or
            local.set 20
            local.get 21
            i64.const 16
            i64.shl
            local.set 21
            local.get 16
            i32.const 1
            i32.add
            local.set 16
            br 0 (;@4;)
          end
        end
        local.get 18
        local.get 20
        i64.or
        local.set 18
        local.get 19
        local.get 21
        i64.or
        local.set 19
      end
    else
      local.get 11
      i32.eqz
      br_if 1
    end
    local.get 4
    i32.eqz
    local.get 18
    i64.const 0
    i64.eq
    local.get 19
    i64.const 32
    i64.shr_u
    i64.const 65535
    i64.eq
    i32.and
    i32.or
    local.set 3
    i32.const 0
    i32.const 4
    i32.const 6
    local.get 3
    select
    i32.store8 offset=144
    i32.const 0
    local.get 19
    i64.const 4294967295
    i64.and
    local.get 18
    local.get 3
    select
    i64.store offset=145 align=1
  )
  (func $sum (;40;) (type 15) (param i64 i64) (result i64)
    (local i64)
    local.get 0
    local.get 1
    i64.add
    local.set 2
    i64.const -1
    local.get 2
    local.get 2
    local.get 0
    i64.lt_u
    select
  )
  (data (;0;) (i32.const 512) ".Zb\e9y\07T\8d\00^\d0\b2\00\00\00\00\03\00\00\00\05\00\00\00\01\00\00\00\00\00\00\00\00\00\19\00cherry.shop.v1.unreadable\0f\00\22\00post_orders.circuit_breaker.passed+\00\07\00refused+\00\06\00opened+\00\06\00probes+\00\06\00closed,\00\0c\00as_exhausted+\00\0a\00host_error\0f\00&\00get_orders_orderid.rate_limit.0.passed/\00\07\00limited/\00\0f\00evicted_in_debt/\00\0d\00cas_exhausted/\00\0a\00host_errorapplication/grpcresponse\00flags\05\00:path\07\00:method\07\00:status\0c\00content-type\0b\00grpc-statusordersPOSTGETHEAD\03\00\00\00\0f\00\00\00\0a\00\00\00\0c\00\00\00\18\00\00\00\0b\00\00\00\01\00\00\00x-cherry-policy\00rate_limit\00content-type\00application/problem+json\00retry-after\001\00cherry_rate_limit{\22type\22:\22about:blank\22,\22title\22:\22Too Many Requests\22,\22status\22:429}\03\00\00\00\0f\00\00\00\0f\00\00\00\0c\00\00\00\18\00\00\00\0b\00\00\00\04\00\00\00x-cherry-policy\00circuit_breaker\00content-type\00application/problem+json\00retry-after\000000\00cherry_circuit_breaker{\22type\22:\22about:blank\22,\22title\22:\22Service Unavailable\22,\22status\22:503}source\00addressfilter_state\00cherry.peer")
  (@custom "cherryc" (after data) "contract=shop/v1\0aversion=1.0.0\0acompiler=cherryc 0.1.0\0a")
)
