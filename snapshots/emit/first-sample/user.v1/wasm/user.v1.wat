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
  (global (;0;) (mut i32) i32.const 6656)
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
    i32.const 6656
    global.set 0
  )
  (func (;12;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 104960
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
          i32.const 3238
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
      i32.store8 offset=3238
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
      i32.const 611
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        local.get 5
        i32.eqz
        local.get 4
        i32.const 3238
        i32.add
        local.get 10
        local.get 4
        i32.sub
        local.get 5
        i32.const 6272
        i32.add
        call 6
        if ;; label = @3
          local.get 5
          i32.const -1
          i32.store offset=6272 align=1
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
      i32.const 1126
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
          i32.const 104960
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
      i32.const 6604
      global.set 10
      i32.const 248
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 248
        i32.const 104960
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
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64)
    call $enter
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          global.get 1
          i32.const 2
          i32.and
          br_if 0 (;@3;)
          i32.const 0
          call $headers
          i32.const 3849
          i32.const 5
          call $find
          global.set 7
          global.get 7
          i32.eqz
          br_if 1 (;@2;)
          i32.const 3861
          local.set 5
          block (result i32) ;; label = @4
            block ;; label = @5
              loop ;; label = @6
                block ;; label = @7
                  global.get 7
                  local.get 9
                  i32.add
                  local.tee 10
                  i32.load8_u
                  local.set 6
                  local.get 5
                  i32.load8_u
                  local.set 7
                  local.get 6
                  i32.eqz
                  local.get 6
                  i32.const 63
                  i32.eq
                  i32.or
                  local.get 6
                  i32.const 35
                  i32.eq
                  i32.or
                  local.set 8
                  local.get 7
                  i32.const 3
                  i32.eq
                  if ;; label = @8
                    local.get 8
                    local.get 6
                    i32.const 47
                    i32.eq
                    i32.or
                    i32.eqz
                    br_if 1 (;@7;)
                    local.get 10
                    i32.const 1
                    i32.sub
                    i32.load8_u
                    i32.const 47
                    i32.eq
                    br_if 3 (;@5;)
                    local.get 5
                    i32.const 1
                    i32.add
                    local.tee 5
                    i32.load8_u
                    local.set 7
                  end
                  local.get 8
                  if ;; label = @8
                    local.get 7
                    i32.const 2
                    i32.le_u
                    br 4 (;@4;)
                  end
                  local.get 6
                  local.get 7
                  i32.const 47
                  local.get 7
                  select
                  i32.ne
                  br_if 2 (;@5;)
                  local.get 5
                  i32.const 1
                  i32.add
                  local.set 5
                end
                local.get 9
                i32.const 1
                i32.add
                local.tee 9
                global.get 6
                i32.lt_u
                br_if 0 (;@6;)
              end
            end
            i32.const 0
          end
          i32.eqz
          br_if 2 (;@1;)
          i32.const 3854
          i32.const 7
          call $find
          local.tee 3
          i32.const 3871
          i32.const 4
          call $equal
          local.get 3
          i32.const 3875
          i32.const 5
          call $equal
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
          global.get 1
          i32.const 65536
          i32.and
          local.set 11
          i32.const 60
          i32.const 2
          i32.store8
          i32.const 60
          i64.const 0
          i64.store offset=1 align=1
          i32.const 4141
          i32.const 4127
          local.get 11
          select
          i32.const 24
          i32.const 14
          local.get 11
          select
          i32.const 4
          i32.const 8
          call 0
          local.tee 12
          call $got
          local.tee 13
          if ;; label = @4
            block ;; label = @5
              i32.const 60
              local.set 20
              global.get 3
              global.get 3
              i32.load8_u
              i32.const 91
              i32.eq
              i32.add
              local.set 22
              i32.const 0
              i64.const 0
              i64.store offset=44 align=1
              i32.const 0
              i64.const 0
              i64.store offset=52 align=1
              block ;; label = @6
                loop ;; label = @7
                  block ;; label = @8
                    block ;; label = @9
                      local.get 22
                      local.get 23
                      i32.add
                      local.tee 24
                      i32.load8_u
                      i32.const 93
                      local.get 24
                      global.get 3
                      global.get 4
                      i32.add
                      i32.lt_u
                      select
                      local.tee 14
                      i32.const 48
                      i32.sub
                      local.tee 15
                      i32.const 10
                      i32.lt_u
                      br_if 0 (;@9;)
                      local.get 14
                      i32.const 32
                      i32.or
                      i32.const 87
                      i32.sub
                      local.tee 15
                      i32.const 10
                      i32.sub
                      i32.const 6
                      i32.lt_u
                      br_if 0 (;@9;)
                      local.get 19
                      local.get 14
                      i32.const 46
                      i32.eq
                      i32.or
                      if ;; label = @10
                        local.get 16
                        i32.eqz
                        local.get 18
                        i32.const 255
                        i32.gt_u
                        i32.or
                        br_if 5 (;@5;)
                        local.get 20
                        i32.const 60
                        i32.eq
                        if ;; label = @11
                          i32.const 0
                          i32.const 65535
                          i32.store16 offset=48 align=1
                          i32.const 48
                          local.set 20
                        end
                        local.get 20
                        i32.const 1
                        i32.sub
                        local.tee 20
                        local.get 18
                        i32.store8
                        local.get 19
                        i32.const 1
                        i32.add
                        local.set 19
                        local.get 14
                        i32.const 46
                        i32.ne
                        br_if 4 (;@6;)
                      else
                        local.get 16
                        if ;; label = @11
                          local.get 20
                          i32.const 2
                          i32.sub
                          local.tee 20
                          local.get 17
                          i32.store16 align=1
                        end
                        local.get 14
                        i32.const 58
                        i32.ne
                        br_if 4 (;@6;)
                        local.get 16
                        local.get 23
                        i32.eqz
                        i32.or
                        i32.eqz
                        if ;; label = @11
                          local.get 21
                          br_if 6 (;@5;)
                          local.get 20
                          local.set 21
                          i32.const 232
                          local.set 20
                        end
                      end
                      i32.const 0
                      local.set 16
                      i32.const 0
                      local.set 17
                      i32.const 0
                      local.set 18
                      br 1 (;@8;)
                    end
                    local.get 17
                    i32.const 4
                    i32.shl
                    local.get 15
                    i32.or
                    local.set 17
                    local.get 18
                    i32.const 10
                    i32.mul
                    local.get 15
                    i32.add
                    local.set 18
                    local.get 16
                    i32.const 1
                    i32.add
                    local.tee 16
                    i32.const 4
                    i32.gt_u
                    br_if 3 (;@5;)
                  end
                  local.get 23
                  i32.const 1
                  i32.add
                  local.tee 23
                  i32.const 47
                  i32.lt_u
                  br_if 0 (;@7;)
                end
                br 1 (;@5;)
              end
              local.get 14
              i32.const 93
              i32.eq
              local.get 14
              i32.const 37
              i32.eq
              i32.or
              local.get 14
              i32.const 58
              i32.eq
              i32.or
              i32.eqz
              br_if 0 (;@5;)
              local.get 19
              i32.const 4
              i32.or
              i32.const 4
              i32.ne
              br_if 0 (;@5;)
              local.get 21
              if ;; label = @6
                local.get 21
                local.get 20
                i32.add
                i32.const 276
                i32.lt_u
                br_if 1 (;@5;)
                i32.const 0
                i32.const 0
                i64.load offset=44 align=1
                local.get 20
                i64.load align=1
                i64.or
                i64.store offset=44 align=1
                i32.const 0
                i32.const 0
                i64.load offset=52 align=1
                local.get 20
                i64.load offset=8 align=1
                i64.or
                i64.store offset=52 align=1
              else
                local.get 20
                i32.const 44
                i32.ne
                br_if 1 (;@5;)
              end
              i32.const 0
              i64.load offset=52 align=1
              i64.eqz
              i32.const 0
              i32.load offset=48 align=1
              i32.const 65535
              i32.eq
              i32.and
              local.set 25
              i32.const 60
              local.get 25
              i32.store8
              i32.const 60
              i32.const 0
              i64.load offset=44 align=1
              i32.const 0
              i64.load offset=52 align=1
              local.get 25
              select
              i64.store offset=1 align=1
            end
          end
          local.get 13
          local.get 12
          i32.const 1
          i32.eq
          i32.or
          i32.const 3
          i32.mul
          i32.store8 offset=263
          i32.const 0
          i32.const 263
          i64.load offset=8 align=1
          i64.store offset=52 align=1
          i32.const 0
          i32.const 17
          i32.store8 offset=75
          i32.const 0
          i64.load offset=132 align=1
          local.set 30
          i32.const 0
          i64.load offset=140 align=1
          local.set 31
          i32.const 0
          i64.load offset=148 align=1
          local.set 32
          i32.const 0
          i64.load offset=156 align=1
          local.set 33
          loop ;; label = @4
            local.get 26
            i32.const 3
            i32.shl
            i64.load offset=52 align=1
            local.set 34
            local.get 26
            i32.const 3
            i32.eq
            if ;; label = @5
              local.get 32
              i64.const 255
              i64.xor
              local.set 32
            end
            local.get 33
            local.get 34
            i64.xor
            local.set 33
            local.get 30
            local.get 31
            i64.add
            local.tee 30
            local.get 31
            i64.const 13
            i64.rotl
            i64.xor
            local.set 31
            local.get 30
            i64.const 32
            i64.rotl
            local.set 30
            local.get 32
            local.get 33
            i64.add
            local.tee 32
            local.get 33
            i64.const 16
            i64.rotl
            i64.xor
            local.set 33
            local.get 30
            local.get 33
            i64.add
            local.tee 30
            local.get 33
            i64.const 21
            i64.rotl
            i64.xor
            local.set 33
            local.get 32
            local.get 31
            i64.add
            local.tee 32
            local.get 31
            i64.const 17
            i64.rotl
            i64.xor
            local.set 31
            local.get 32
            i64.const 32
            i64.rotl
            local.set 32
            local.get 30
            local.get 34
            i64.xor
            local.set 30
            local.get 26
            i32.const 1
            i32.add
            local.tee 26
            i32.const 6
            i32.lt_u
            br_if 0 (;@4;)
          end
          local.get 30
          local.get 31
          i64.xor
          local.get 32
          i64.xor
          local.get 33
          i64.xor
          local.tee 29
          i64.const 1
          i64.or
          global.set 11
          i32.const 263
          local.get 29
          i64.const 51
          i64.shr_u
          i32.wrap_i64
          i32.store16 offset=6 align=1
          i32.const 3
          i32.const 263
          i32.const 0
          call $update
          if ;; label = @4
            i32.const 429
            i32.const 3987
            i32.const 17
            i32.const 4004
            i32.const 63
            i32.const 3880
            i32.const 107
            i32.const 8
            call 3
            i32.eqz
            return
          end
        end
        i32.const 4
        i32.const 248
        i32.const 0
        call $update
        local.set 27
        block ;; label = @3
          global.get 8
          i32.const 1
          i32.and
          local.get 27
          i32.or
          br_if 0 (;@3;)
          local.get 0
          i32.const 4095
          i32.and
          i32.const 32
          i32.mul
          i32.const 105216
          i32.add
          local.tee 28
          local.get 0
          i32.store align=1
          local.get 28
          i32.const 0
          i32.store offset=8 align=1
          local.get 28
          global.get 10
          i64.load offset=12 align=1
          i64.store offset=16 align=1
        end
        local.get 27
        local.tee 4
        if ;; label = @3
          i32.const 0
          local.get 4
          i32.const 48
          i32.add
          i32.store8 offset=4275
          i32.const 503
          i32.const 4277
          i32.const 22
          i32.const 4299
          i32.const 65
          i32.const 4165
          i32.const 112
          i32.const 14
          call 3
          i32.eqz
          return
        end
        i32.const 2
        call $count
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
        i32.const 4067
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
        i32.const 4074
        i32.const 12
        call $find
        local.tee 5
        i32.const 4097
        i32.const 16
        call $equal
        i32.eqz
        br_if 0 (;@2;)
        local.get 5
        i32.load8_u offset=16
        i32.const 45
        i32.eq
        br_if 0 (;@2;)
        i32.const 4086
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
      i32.const 4086
      i32.const 11
      call $find
      local.tee 3
      if ;; label = @2
        local.get 3
        call $grpc_outcome
        local.set 2
      else
        i32.const 4113
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
    i32.load offset=6272 align=1
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
    i32.const 104960
    i32.lt_u
    global.get 4
    i32.const 104960
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
  (func $equal (;24;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $ticket_of (;25;) (type 8) (param i32) (result i32)
    (local i32)
    call $enter
    local.get 0
    i32.const 4095
    i32.and
    i32.const 32
    i32.mul
    i32.const 105216
    i32.add
    local.tee 1
    i32.const 0
    local.get 1
    i32.load align=1
    local.get 0
    i32.eq
    select
  )
  (func $grpc_outcome (;26;) (type 8) (param i32) (result i32)
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
  (func $settle (;27;) (type 5) (param i32 i32) (result i32)
    local.get 0
    i32.const 0
    i32.store align=1
    local.get 1
    i32.const 248
    local.get 0
    call $update
  )
  (func $update (;28;) (type 1) (param i32 i32 i32) (result i32)
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
            i32.const 6336
            global.set 10
            local.get 1
            call $row_of
            i32.eqz
            br_if 2 (;@2;)
            global.get 2
            local.tee 13
            i64.const 990000000
            i64.add
            local.tee 14
            i64.const 10000000
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
              i64.const 10000000
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
            i32.const 6604
            global.set 10
            i32.const 0
            i32.load offset=6272 align=1
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
  (func $clock (;29;) (type 10) (result i32)
    i32.const 1
    i64.const 0
    i32.const 4
    call 9
    i32.const 0
    i64.load offset=4 align=1
    global.set 2
  )
  (func $change (;30;) (type 9) (param i32)
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
  (func $left (;31;) (type 11) (result i64)
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
  (data (;0;) (i32.const 248) "\0a\06\00\18\00b\00t|\81i\13\f1\d4{\03\02\00\00\01l\00\00 \06\ad\c8;\05\b6\f2\01\00\00 \00scherry.user.v1.gen\00\9e\13unreadable\a0\1aget_\88\0cs_id.passed\ba#rate_limit.0.host_\86,or\d44\8a\08\d8ecas_exhaus\da7evic\861_in_debt\ba9circuit_b\87&k\86 \ce\d8\a07refu\c1@\a04\d4\de\a2:lo\e0mopen\de3probes\00:path:method/\8a-/\03\00\01GET\00HEAD\00\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8cp-policy\00\95\a6\00content-type\00app\86 ation/\88vlem+json\00ret\86>after\001\8e\bd_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requests\86\1cstatus\22:429}:\8c\0d\98\8bgrpc-\8c\17\98\95\88\17response\00flagssourc\86\badd\86\18sfil\86\a3_\889e\91dpeer\91\1d\0f\c7\1d\9f\7f\e7\220\91\22\9eK\bf'Service Unavaila\86]\97)503}")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
