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
  (global (;0;) (mut i32) i32.const 5632)
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
    i32.const 5632
    global.set 0
  )
  (func (;11;) (type 8) (param i32) (result i32)
    local.get 0
    i32.const 103936
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
    i32.const 270
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
          i32.const 2741
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
      i32.store8 offset=2741
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
      i32.const 274
      i32.ge_u
      i32.or
      i32.eqz
      if ;; label = @2
        i32.const 0
        local.get 4
        i32.const 2741
        i32.add
        local.get 10
        local.get 4
        i32.sub
        local.get 5
        i32.const 5248
        i32.add
        call 6
        if ;; label = @3
          local.get 5
          i32.const -1
          i32.store offset=5248 align=1
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
      i32.const 530
      i32.lt_u
      br_if 0 (;@1;)
    end
    block ;; label = @1
      i32.const 120
      global.set 10
      i32.const 264
      call $row_of
      i32.eqz
      if ;; label = @2
        i32.const 132
        i32.const 32
        call 9
        br_if 1 (;@1;)
        i32.const 264
        i32.const 132
        i32.const 0
        call $write
        br_if 1 (;@1;)
        loop ;; label = @3
          i32.const 0
          local.get 2
          i32.store16 offset=254 align=1
          i32.const 248
          i32.const 103936
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
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    call $enter
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          global.get 1
          i32.const 2
          i32.and
          br_if 0 (;@3;)
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
          i32.const 3015
          i32.const 5
          call $find
          global.set 7
          global.get 7
          i32.eqz
          br_if 1 (;@2;)
          i32.const 3027
          local.set 4
          block (result i32) ;; label = @4
            block ;; label = @5
              loop ;; label = @6
                block ;; label = @7
                  global.get 7
                  local.get 8
                  i32.add
                  local.tee 9
                  i32.load8_u
                  local.set 5
                  local.get 4
                  i32.load8_u
                  local.set 6
                  local.get 5
                  i32.eqz
                  local.get 5
                  i32.const 63
                  i32.eq
                  i32.or
                  local.get 5
                  i32.const 35
                  i32.eq
                  i32.or
                  local.set 7
                  local.get 6
                  i32.const 3
                  i32.eq
                  if ;; label = @8
                    local.get 7
                    local.get 5
                    i32.const 47
                    i32.eq
                    i32.or
                    i32.eqz
                    br_if 1 (;@7;)
                    local.get 9
                    i32.const 1
                    i32.sub
                    i32.load8_u
                    i32.const 47
                    i32.eq
                    br_if 3 (;@5;)
                    local.get 4
                    i32.const 1
                    i32.add
                    local.tee 4
                    i32.load8_u
                    local.set 6
                  end
                  local.get 7
                  if ;; label = @8
                    local.get 6
                    i32.const 2
                    i32.le_u
                    br 4 (;@4;)
                  end
                  local.get 5
                  local.get 6
                  i32.const 47
                  local.get 6
                  select
                  i32.ne
                  br_if 2 (;@5;)
                  local.get 4
                  i32.const 1
                  i32.add
                  local.set 4
                end
                local.get 8
                i32.const 1
                i32.add
                local.tee 8
                global.get 6
                i32.lt_u
                br_if 0 (;@6;)
              end
            end
            i32.const 0
          end
          i32.eqz
          br_if 2 (;@1;)
          i32.const 3020
          i32.const 7
          call $find
          local.tee 3
          i32.const 3037
          i32.const 4
          call $equal
          local.get 3
          i32.const 3041
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
          local.set 10
          i32.const 60
          i32.const 2
          i32.store8
          i32.const 60
          i64.const 0
          i64.store offset=1 align=1
          i32.const 3247
          i32.const 3233
          local.get 10
          select
          i32.const 24
          i32.const 14
          local.get 10
          select
          i32.const 4
          i32.const 8
          call 0
          local.tee 11
          call $got
          local.tee 12
          if ;; label = @4
            block ;; label = @5
              i32.const 60
              local.set 19
              global.get 3
              global.get 3
              i32.load8_u
              i32.const 91
              i32.eq
              i32.add
              local.set 21
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
                      local.get 21
                      local.get 22
                      i32.add
                      local.tee 23
                      i32.load8_u
                      i32.const 93
                      local.get 23
                      global.get 3
                      global.get 4
                      i32.add
                      i32.lt_u
                      select
                      local.tee 13
                      i32.const 48
                      i32.sub
                      local.tee 14
                      i32.const 10
                      i32.lt_u
                      br_if 0 (;@9;)
                      local.get 13
                      i32.const 32
                      i32.or
                      i32.const 87
                      i32.sub
                      local.tee 14
                      i32.const 10
                      i32.sub
                      i32.const 6
                      i32.lt_u
                      br_if 0 (;@9;)
                      local.get 18
                      local.get 13
                      i32.const 46
                      i32.eq
                      i32.or
                      if ;; label = @10
                        local.get 15
                        i32.eqz
                        local.get 17
                        i32.const 255
                        i32.gt_u
                        i32.or
                        br_if 5 (;@5;)
                        local.get 19
                        i32.const 60
                        i32.eq
                        if ;; label = @11
                          i32.const 0
                          i32.const 65535
                          i32.store16 offset=48 align=1
                          i32.const 48
                          local.set 19
                        end
                        local.get 19
                        i32.const 1
                        i32.sub
                        local.tee 19
                        local.get 17
                        i32.store8
                        local.get 18
                        i32.const 1
                        i32.add
                        local.set 18
                        local.get 13
                        i32.const 46
                        i32.ne
                        br_if 4 (;@6;)
                      else
                        local.get 15
                        if ;; label = @11
                          local.get 19
                          i32.const 2
                          i32.sub
                          local.tee 19
                          local.get 16
                          i32.store16 align=1
                        end
                        local.get 13
                        i32.const 58
                        i32.ne
                        br_if 4 (;@6;)
                        local.get 15
                        local.get 22
                        i32.eqz
                        i32.or
                        i32.eqz
                        if ;; label = @11
                          local.get 20
                          br_if 6 (;@5;)
                          local.get 19
                          local.set 20
                          i32.const 232
                          local.set 19
                        end
                      end
                      i32.const 0
                      local.set 15
                      i32.const 0
                      local.set 16
                      i32.const 0
                      local.set 17
                      br 1 (;@8;)
                    end
                    local.get 16
                    i32.const 4
                    i32.shl
                    local.get 14
                    i32.or
                    local.set 16
                    local.get 17
                    i32.const 10
                    i32.mul
                    local.get 14
                    i32.add
                    local.set 17
                    local.get 15
                    i32.const 1
                    i32.add
                    local.tee 15
                    i32.const 4
                    i32.gt_u
                    br_if 3 (;@5;)
                  end
                  local.get 22
                  i32.const 1
                  i32.add
                  local.tee 22
                  i32.const 47
                  i32.lt_u
                  br_if 0 (;@7;)
                end
                br 1 (;@5;)
              end
              local.get 13
              i32.const 93
              i32.eq
              local.get 13
              i32.const 37
              i32.eq
              i32.or
              local.get 13
              i32.const 58
              i32.eq
              i32.or
              i32.eqz
              br_if 0 (;@5;)
              local.get 18
              i32.const 4
              i32.or
              i32.const 4
              i32.ne
              br_if 0 (;@5;)
              local.get 20
              if ;; label = @6
                local.get 20
                local.get 19
                i32.add
                i32.const 276
                i32.lt_u
                br_if 1 (;@5;)
                i32.const 0
                i32.const 0
                i64.load offset=44 align=1
                local.get 19
                i64.load align=1
                i64.or
                i64.store offset=44 align=1
                i32.const 0
                i32.const 0
                i64.load offset=52 align=1
                local.get 19
                i64.load offset=8 align=1
                i64.or
                i64.store offset=52 align=1
              else
                local.get 19
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
              local.set 24
              i32.const 60
              local.get 24
              i32.store8
              i32.const 60
              i32.const 0
              i64.load offset=44 align=1
              i32.const 0
              i64.load offset=52 align=1
              local.get 24
              select
              i64.store offset=1 align=1
            end
          end
          local.get 12
          local.get 11
          i32.const 1
          i32.eq
          i32.or
          i32.const 3
          i32.mul
          i32.store8 offset=248
          i32.const 0
          i32.const 248
          i64.load offset=8 align=1
          i64.store offset=52 align=1
          i32.const 0
          i32.const 17
          i32.store8 offset=75
          i32.const 0
          i64.load offset=132 align=1
          local.set 34
          i32.const 0
          i64.load offset=140 align=1
          local.set 35
          i32.const 0
          i64.load offset=148 align=1
          local.set 36
          i32.const 0
          i64.load offset=156 align=1
          local.set 37
          loop ;; label = @4
            local.get 25
            i32.const 3
            i32.shl
            i64.load offset=52 align=1
            local.set 38
            local.get 25
            i32.const 3
            i32.eq
            if ;; label = @5
              local.get 36
              i64.const 255
              i64.xor
              local.set 36
            end
            local.get 37
            local.get 38
            i64.xor
            local.set 37
            local.get 34
            local.get 35
            i64.add
            local.tee 34
            local.get 35
            i64.const 13
            i64.rotl
            i64.xor
            local.set 35
            local.get 34
            i64.const 32
            i64.rotl
            local.set 34
            local.get 36
            local.get 37
            i64.add
            local.tee 36
            local.get 37
            i64.const 16
            i64.rotl
            i64.xor
            local.set 37
            local.get 34
            local.get 37
            i64.add
            local.tee 34
            local.get 37
            i64.const 21
            i64.rotl
            i64.xor
            local.set 37
            local.get 36
            local.get 35
            i64.add
            local.tee 36
            local.get 35
            i64.const 17
            i64.rotl
            i64.xor
            local.set 35
            local.get 36
            i64.const 32
            i64.rotl
            local.set 36
            local.get 34
            local.get 38
            i64.xor
            local.set 34
            local.get 25
            i32.const 1
            i32.add
            local.tee 25
            i32.const 6
            i32.lt_u
            br_if 0 (;@4;)
          end
          local.get 34
          local.get 35
          i64.xor
          local.get 36
          i64.xor
          local.get 37
          i64.xor
          local.tee 33
          i64.const 1
          i64.or
          global.set 11
          i32.const 248
          local.get 33
          i64.const 51
          i64.shr_u
          i32.wrap_i64
          i32.store16 offset=6 align=1
          global.get 0
          local.set 27
          block ;; label = @4
            block ;; label = @5
              loop ;; label = @6
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
                br_if 1 (;@5;)
                i32.const 5312
                global.set 10
                i32.const 248
                call $row_of
                i32.eqz
                br_if 1 (;@5;)
                global.get 2
                local.tee 39
                i64.const 990000000
                i64.add
                local.tee 40
                i64.const 10000000
                i64.add
                local.set 41
                global.get 10
                i32.const 12
                i32.add
                local.tee 30
                local.set 29
                i64.const -1
                local.set 43
                block ;; label = @7
                  i32.const 0
                  local.set 31
                  loop ;; label = @8
                    local.get 30
                    i64.load offset=8 align=1
                    local.set 42
                    local.get 30
                    i64.load align=1
                    global.get 11
                    i64.eq
                    if ;; label = @9
                      i64.const 0
                      local.set 43
                      local.get 30
                      local.set 29
                      br 2 (;@7;)
                    end
                    local.get 42
                    local.get 43
                    i64.lt_u
                    if ;; label = @9
                      local.get 42
                      local.set 43
                      local.get 30
                      local.set 29
                    end
                    local.get 30
                    i32.const 16
                    i32.add
                    local.set 30
                    local.get 31
                    i32.const 1
                    i32.add
                    local.tee 31
                    i32.const 16
                    i32.lt_u
                    br_if 0 (;@8;)
                  end
                  i64.const 0
                  local.set 42
                end
                local.get 42
                local.set 44
                local.get 42
                local.get 41
                local.get 42
                local.get 41
                i64.lt_u
                select
                local.tee 42
                local.get 39
                local.get 42
                local.get 39
                i64.gt_u
                select
                local.tee 45
                local.get 40
                i64.gt_u
                local.tee 26
                i32.eqz
                if ;; label = @7
                  local.get 45
                  i64.const 10000000
                  i64.add
                  local.set 42
                end
                local.get 26
                i32.const 2
                i32.mul
                local.get 43
                local.get 39
                i64.gt_u
                i32.const 4
                i32.mul
                i32.or
                global.set 8
                local.get 42
                local.get 44
                i64.ne
                global.set 9
                local.get 29
                global.get 11
                i64.store align=1
                local.get 29
                local.get 42
                i64.store offset=8 align=1
                global.get 9
                i32.eqz
                if ;; label = @7
                  global.get 10
                  i32.const 0
                  i64.load offset=176 align=1
                  i64.store offset=4 align=1
                  br 3 (;@4;)
                end
                i32.const 248
                global.get 10
                i32.const 12
                i32.add
                global.get 10
                i32.load align=1
                call $write
                local.tee 32
                i32.eqz
                br_if 2 (;@4;)
                local.get 32
                i32.const 8
                i32.ne
                br_if 1 (;@5;)
                local.get 28
                i32.const 1
                i32.add
                local.tee 28
                i32.const 16
                i32.lt_u
                br_if 0 (;@6;)
              end
            end
            local.get 28
            i32.const 3
            i32.shr_u
            i32.const 1
            i32.or
            global.set 8
            i32.const 0
            local.set 26
          end
          local.get 27
          global.set 0
          global.get 8
          if ;; label = @4
            i32.const 248
            i32.load16_u offset=1 align=1
            global.get 8
            i32.add
            call $count
          end
          local.get 26
          if ;; label = @4
            i32.const 429
            i32.const 3153
            i32.const 17
            i32.const 3170
            i32.const 63
            i32.const 3046
            i32.const 107
            i32.const 8
            call 3
            i32.eqz
            return
          end
        end
        i32.const 1
        call $count
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
    i32.const 103936
    i32.lt_u
    global.get 4
    i32.const 103936
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
  (func $equal (;19;) (type 1) (param i32 i32 i32) (result i32)
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
  (func $count (;20;) (type 9) (param i32)
    local.get 0
    i32.const 2
    i32.shl
    i32.load offset=5248 align=1
    i64.const 1
    call 7
    drop
  )
  (data (;0;) (i32.const 248) "\03\01\00\00\01l\00\00 \06\ad\c8;\05\b6\f2\01\00\00 \00scherry.user.v1.unreadable\00\9e\1aget_\88\0cs_id.passed\ba#rate_limit.0.host_\86,or\d44\8a\08\d8ecas_exhaus\da7evic\861_in_debt\00:path:method/\8a3/\03\00\01GET\00HEAD\00\03\00\00\00\0f\86\04\0a\86\04\0c\86\04\18\86\04\0b\86\04\01\86\04x-\8cv-policy\00\94h\00content-type\00app\86 ation/pro\87nm+json\00ret\86>after\001\8e\c3_\94F{\22\88?\22:\22about:blank\22,\22titl\88\16Too Many Requests\86\1cstatus\22:429}sourc\86~ddressfil\86g_\88!\93\edpeer")
  (@custom "cherryc" (after data) "cherryc 0.1.0")
)
