// The policy of the nine-line contract, written as a person writes a proxy-wasm filter with an SDK:
// every callback exported, a context per request, method, path and address fetched one by one, and
// a limiter and a breaker in tables. With -DSHARED the state lies in the host's shared data and is
// swapped by compare-and-set; without it each worker has its own.
//
// clang --target=wasm32 -O2 -nostdlib -fno-builtin -Wl,--no-entry -Wl,--allow-undefined
//     [-DSHARED] [-DPER_MINUTE=10ull] -o policy.wasm policy.c
//
// The peer that counts is the one in Rust beside this; this one stands in where no Rust compiler
// for wasm32 can be had. It has no counters, no gRPC and no single probe, so it is cheaper.

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define HOST(name) __attribute__((import_module("env"), import_name(name))) extern
#define HOOK(name) __attribute__((export_name(name)))

HOST("proxy_get_property") u32 get_property(const char *, u32, u8 **, u32 *);
HOST("proxy_get_header_map_value") u32 get_header(u32, const char *, u32, u8 **, u32 *);
HOST("proxy_send_local_response")
u32 send_local_response(u32, const char *, u32, const char *, u32, const char *, u32, u32);
HOST("proxy_get_shared_data") u32 get_shared(const u8 *, u32, u8 **, u32 *, u32 *);
HOST("proxy_set_shared_data") u32 set_shared(const u8 *, u32, const u8 *, u32, u32);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("clock_time_get")))
extern u32 clock_time_get(u32, u64, u64 *);

#ifndef PER_MINUTE
#define PER_MINUTE 60000000ull
#endif
#define ROWS 4096
#define CONTEXTS 1024

struct row { u64 key, tat; };
struct breaker { u64 open_until; u32 failures; };

static struct row rows[ROWS];
static struct breaker breaker;
static u8 matched[CONTEXTS];

// An SDK allocates what the host returns and frees it after use: a ring of buffers is as cheap as
// an allocator can be, which favours the twin.
static u8 arena[1 << 16];
static u32 used;
HOOK("malloc") u8 *allocate(u32 size) {
  if (used + size > sizeof arena) used = 0;
  u8 *at = arena + used;
  used += (size + 7) & ~7u;
  return at;
}

static u64 hash(const u8 *bytes, u32 size) {
  u64 h = 14695981039346656037ull;
  for (u32 i = 0; i < size; i++) h = (h ^ bytes[i]) * 1099511628211ull;
  return h ? h : 1;
}

static int is_user(const u8 *path, u32 size) {
  static const char prefix[] = "/users/";
  if (size < 8) return 0;
  for (u32 i = 0; i < 7; i++)
    if (path[i] != prefix[i]) return 0;
  for (u32 i = 7; i < size && path[i] != '?'; i++)
    if (path[i] == '/') return 0;
  return 1;
}

static int take(u64 *tat, u64 now) {
  const u64 step = 60000000000ull / PER_MINUTE;
  const u64 depth = PER_MINUTE % 60 ? 60000000000ull : 1000000000ull;
  u64 from = *tat > now ? *tat : now;
  if (from + step - now > depth) return 0;
  *tat = from + step;
  return 1;
}

static int limit(u64 key, u64 now) {
#ifdef SHARED
  u8 name[9] = {'r'};
  for (u32 i = 0; i < 8; i++) name[i + 1] = (u8)(key >> (8 * i));
  for (u32 attempt = 0; attempt < 8; attempt++) {
    u8 *at = 0;
    u32 size = 0, version = 0;
    u64 tat = 0;
    if (get_shared(name, 9, &at, &size, &version) == 0 && size == 8) tat = *(u64 *)at;
    if (!take(&tat, now)) return 0;
    if (set_shared(name, 9, (const u8 *)&tat, 8, version) == 0) return 1;
  }
  return 1;
#else
  for (u32 probe = 0; probe < ROWS; probe++) {
    struct row *row = &rows[(key + probe) & (ROWS - 1)];
    if (row->key != key && row->key != 0) continue;
    row->key = key;
    return take(&row->tat, now);
  }
  return 1;
#endif
}

static struct breaker state(u32 *version) {
#ifdef SHARED
  u8 *at = 0;
  u32 size = 0;
  struct breaker found = {0, 0};
  if (get_shared((const u8 *)"b", 1, &at, &size, version) == 0 && size == sizeof found)
    found = *(struct breaker *)at;
  return found;
#else
  (void)version;
  return breaker;
#endif
}

static void keep(struct breaker next, u32 version) {
#ifdef SHARED
  set_shared((const u8 *)"b", 1, (const u8 *)&next, sizeof next, version);
#else
  (void)version;
  breaker = next;
#endif
}

static u32 put(u8 *to, u32 at, const char *text) {
  while (*text) to[at++] = (u8)*text++;
  to[at] = 0;
  return at;
}

static u32 answer(u32 status, const char *policy, const char *body, u64 wait_ns) {
  char seconds[2] = {(char)('0' + (wait_ns + 999999999) / 1000000000 % 10), 0};
  const char *texts[6] = {"x-cherry-policy", policy, "content-type", "application/problem+json",
                          "retry-after", seconds};
  u8 pairs[160];
  u32 at = 4 + 6 * 4;
  *(u32 *)pairs = 3;
  for (u32 i = 0; i < 6; i++) {
    u32 end = put(pairs, at, texts[i]);
    ((u32 *)pairs)[1 + i] = end - at;
    at = end + 1;
  }
  u32 size = 0;
  while (body[size]) size++;
  send_local_response(status, "", 0, body, size, (const char *)pairs, at, (u32)-1);
  return 1;
}

HOOK("proxy_abi_version_0_2_1") void abi(void) {}
HOOK("_initialize") void initialize(void) {}
HOOK("proxy_on_vm_start") u32 on_vm_start(u32 id, u32 size) { return 1; }
HOOK("proxy_on_configure") u32 on_configure(u32 id, u32 size) { return 1; }
HOOK("proxy_on_context_create") void on_create(u32 id, u32 parent) { matched[id % CONTEXTS] = 0; }
HOOK("proxy_on_request_headers") u32 on_request(u32 id, u32 count, u32 end) {
  u8 *method = 0, *path = 0, *address = 0;
  u32 method_size = 0, path_size = 0, address_size = 0, version = 0;
  get_header(0, ":method", 7, &method, &method_size);
  get_header(0, ":path", 5, &path, &path_size);
  if (method_size != 3 || method[0] != 'G' || !is_user(path, path_size)) return 0;
  get_property("source\0address", 14, &address, &address_size);
  while (address_size && address[address_size - 1] != ':') address_size--;
  u64 now = 0;
  clock_time_get(1, 0, &now);
  if (!limit(hash(address, address_size), now))
    return answer(429, "rate_limit",
                  "{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429}",
                  60000000000ull / PER_MINUTE);
  u64 open_until = state(&version).open_until;
  if (open_until > now)
    return answer(503, "circuit_breaker",
                  "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503}",
                  open_until - now);
  matched[id % CONTEXTS] = 1;
  return 0;
}
HOOK("proxy_on_request_body") u32 on_request_body(u32 id, u32 size, u32 end) { return 0; }
HOOK("proxy_on_request_trailers") u32 on_request_trailers(u32 id, u32 count) { return 0; }
HOOK("proxy_on_response_headers") u32 on_response(u32 id, u32 count, u32 end) {
  u8 *status = 0;
  u32 size = 0, version = 0;
  if (!matched[id % CONTEXTS]) return 0;
  get_header(2, ":status", 7, &status, &size);
  struct breaker next = state(&version);
  if (size == 3 && status[0] == '5') {
    u64 now = 0;
    clock_time_get(1, 0, &now);
    if (++next.failures >= 5) next = (struct breaker){now + 2000000000ull, 0};
    keep(next, version);
  } else if (next.failures) {
    next.failures = 0;
    keep(next, version);
  }
  return 0;
}
HOOK("proxy_on_response_body") u32 on_response_body(u32 id, u32 size, u32 end) { return 0; }
HOOK("proxy_on_response_trailers") u32 on_response_trailers(u32 id, u32 count) { return 0; }
HOOK("proxy_on_done") u32 on_done(u32 id) { return 1; }
HOOK("proxy_on_log") void on_log(u32 id) {}
HOOK("proxy_on_delete") void on_delete(u32 id) {}
