//! A small proxy-wasm host: what Envoy does for a policy module, as far as one needs it, in a
//! place where the test owns the clock, the headers and every failure.
//!
//! A [`World`] is a proxy process: shared data and metrics. A [`Host`] is one VM in it (a worker);
//! several hosts of one world see the same state. Calls behave as in Envoy 1.40 with the V8
//! runtime: bytes are handed over through the module's own allocator, an empty value is pointer 0
//! and length 0, a failed allocation is status 6, a stale version is status 8.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use wasmi::{Caller, Config, Engine, Error, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Status words of the ABI.
mod status {
    pub(super) const OK: i32 = 0;
    pub(super) const NOT_FOUND: i32 = 1;
    pub(super) const BAD_ARGUMENT: i32 = 2;
    pub(super) const INVALID_MEMORY: i32 = 6;
    pub(super) const CAS_MISMATCH: i32 = 8;
}

/// Instructions that one callback may take before it counts as one that never returns.
const FUEL: u64 = 50_000_000;

/// What a proxy process keeps: shared by all its VMs.
#[derive(Debug, Default)]
pub struct World {
    shared: BTreeMap<Vec<u8>, (Vec<u8>, u32)>,
    metrics: Vec<Metric>,
    gauges: Option<u64>,
    dice: u64,
}

#[derive(Debug)]
struct Metric {
    name: String,
    kind: i32,
    value: u64,
}

/// Kinds of metrics.
const COUNTER: i32 = 0;
const GAUGE: i32 = 1;

/// A handle to a [`World`].
pub type SharedWorld = Rc<RefCell<World>>;

impl World {
    /// A proxy that has just started; `seed` stands for its source of randomness.
    pub fn new(seed: u64) -> SharedWorld {
        Rc::new(RefCell::new(World {
            dice: seed,
            ..World::default()
        }))
    }

    /// The counters that are not zero, by name.
    pub fn counters(&self) -> BTreeMap<String, u64> {
        (self.metrics.iter())
            .filter(|metric| metric.kind == COUNTER && metric.value > 0)
            .map(|metric| (metric.name.clone(), metric.value))
            .collect()
    }

    /// How much the counter whose name ends so has counted, all of that ending added up.
    pub fn counter(&self, ending: &str) -> u64 {
        let of = |metric: &&Metric| metric.kind == COUNTER && metric.name.ends_with(ending);
        self.metrics
            .iter()
            .filter(of)
            .map(|metric| metric.value)
            .sum()
    }

    /// From now on every gauge tells this, whatever is added to it: 0 with a host that keeps none.
    pub fn stop_gauges(&mut self, value: u64) {
        self.gauges = Some(value);
    }

    /// Rows of shared data.
    pub fn rows(&self) -> usize {
        self.shared.len()
    }

    /// Writes a row behind the modules' backs.
    pub fn put(&mut self, key: &[u8], value: &[u8]) {
        let version = self.shared.get(key).map_or(1, |(_, version)| version + 1);
        self.shared.insert(key.to_vec(), (value.to_vec(), version));
    }

    /// A row of shared data.
    pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
        self.shared.get(key).map(|(value, _)| value.as_slice())
    }

    fn random(&mut self) -> u64 {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// How a call to the host fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// With this status, doing nothing.
    Status(i32),
    /// With success and no bytes.
    Empty,
    /// With success and these bytes instead of the right ones.
    Bytes(Vec<u8>),
}

/// An answer that the module sent by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// HTTP status.
    pub status: u32,
    /// Response code details.
    pub details: String,
    /// Headers as sent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// gRPC status; negative when none was given.
    pub grpc: i32,
}

impl Local {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Pass,
    /// The module answered.
    Local(Local),
}

impl Verdict {
    /// Whether the request goes on.
    pub fn passes(&self) -> bool {
        *self == Verdict::Pass
    }
}

type Headers = Vec<(Vec<u8>, Vec<u8>)>;

struct State {
    world: SharedWorld,
    memory: Option<Memory>,
    allocate: Option<TypedFunc<i32, i32>>,
    now_ns: u64,
    maps: BTreeMap<i32, Headers>,
    properties: BTreeMap<Vec<u8>, Vec<u8>>,
    configuration: Vec<u8>,
    local: Option<Local>,
    faults: BTreeMap<String, Fault>,
    calls: BTreeMap<&'static str, u64>,
    before: BTreeMap<String, Box<dyn FnOnce()>>,
    /// How many calls come before it, and what is run then.
    before_call: Option<(u64, Box<dyn FnOnce()>)>,
}

/// One VM with a policy module in it.
pub struct Host {
    store: Store<State>,
    instance: Instance,
    next_context: i32,
}

impl Host {
    /// Loads a module, as Envoy would: imports must be known, with their true types, and the
    /// required exports must be there.
    ///
    /// # Errors
    /// What the module lacks.
    pub fn load(bytes: &[u8], world: &SharedWorld) -> Result<Host, Error> {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, bytes)?;
        let state = State {
            world: Rc::clone(world),
            memory: None,
            allocate: None,
            now_ns: 0,
            maps: BTreeMap::new(),
            properties: BTreeMap::new(),
            configuration: Vec::new(),
            local: None,
            faults: BTreeMap::new(),
            calls: BTreeMap::new(),
            before: BTreeMap::new(),
            before_call: None,
        };
        let mut store = Store::new(&engine, state);
        store.set_fuel(FUEL)?;
        let mut linker = Linker::new(&engine);
        link(&mut linker)?;
        let instance = linker.instantiate_and_start(&mut store, &module)?;
        instance.get_typed_func::<(), ()>(&store, "proxy_abi_version_0_2_1")?;
        let allocate = instance.get_typed_func(&store, "malloc")?;
        let memory = instance
            .get_memory(&store, "memory")
            .ok_or_else(|| Error::new("no memory is exported"))?;
        let state = store.data_mut();
        state.allocate = Some(allocate);
        state.memory = Some(memory);
        Ok(Host {
            store,
            instance,
            next_context: 2,
        })
    }

    /// Sets the monotonic clock, in nanoseconds.
    pub fn set_now(&mut self, now_ns: u64) {
        self.store.data_mut().now_ns = now_ns;
    }

    /// Lets the call of this name fail until [`Host::heal`].
    pub fn fail(&mut self, call: &str, fault: Fault) {
        self.store.data_mut().faults.insert(call.to_owned(), fault);
    }

    /// Runs this once, just before the next call of this name: what another worker does in the
    /// midst of what this one does.
    pub fn before_next(&mut self, call: &str, hook: impl FnOnce() + 'static) {
        let before = &mut self.store.data_mut().before;
        before.insert(call.to_owned(), Box::new(hook));
    }

    /// The same before a call of any name, when as many others have come before it.
    pub fn before_call(&mut self, others: u64, hook: impl FnOnce() + 'static) {
        self.store.data_mut().before_call = Some((others, Box::new(hook)));
    }

    /// Takes back what was given to be run and no call has met since; whether there was any.
    pub fn forget_hooks(&mut self) -> bool {
        let state = self.store.data_mut();
        let named = !std::mem::take(&mut state.before).is_empty();
        state.before_call.take().is_some() || named
    }

    /// Ends every failure.
    pub fn heal(&mut self) {
        self.store.data_mut().faults.clear();
    }

    /// Sets a property; parts of its path have a zero byte between them.
    pub fn set_property(&mut self, path: &str, value: Option<&[u8]>) {
        let properties = &mut self.store.data_mut().properties;
        match value {
            Some(value) => properties.insert(path.into(), value.to_vec()),
            None => properties.remove(path.as_bytes()),
        };
    }

    /// How often each call was made since the last time this was asked.
    pub fn calls(&mut self) -> BTreeMap<&'static str, u64> {
        std::mem::take(&mut self.store.data_mut().calls)
    }

    /// Starts the VM; false when the module rejects.
    ///
    /// # Errors
    /// A trap.
    pub fn vm_start(&mut self) -> Result<bool, Error> {
        self.call::<(i32, i32), i32>("proxy_on_vm_start", (1, 0))
            .map(|accepted| accepted != 0)
    }

    /// Hands over the plugin's configuration; false when the module rejects.
    ///
    /// # Errors
    /// A trap.
    pub fn configure(&mut self, text: &str) -> Result<bool, Error> {
        self.store.data_mut().configuration = text.into();
        let size = i32::try_from(text.len()).expect("a configuration is short");
        self.call::<(i32, i32), i32>("proxy_on_configure", (1, size))
            .map(|accepted| accepted != 0)
    }

    /// Loads, starts and configures.
    ///
    /// # Panics
    /// When any of it fails.
    pub fn ready(bytes: &[u8], world: &SharedWorld, configuration: &str) -> Host {
        let mut host = Host::load(bytes, world).expect("the module loads");
        assert!(host.vm_start().expect("no trap"), "the module starts");
        assert!(
            host.configure(configuration).expect("no trap"),
            "it accepts its configuration"
        );
        host
    }

    /// The headers of a request at the time that was set: the context for its answer, and what the
    /// module says. `address` is `source.address`; none means that the property is not there.
    ///
    /// # Errors
    /// A trap.
    pub fn request(
        &mut self,
        headers: &[(&str, &str)],
        address: Option<&str>,
    ) -> Result<(i32, Verdict), Error> {
        let context = self.next_context;
        self.next_context += 1;
        self.set_property("source\0address", address.map(str::as_bytes));
        self.set_property("response\0flags", None);
        let state = self.store.data_mut();
        state.local = None;
        state.maps.insert(0, owned(headers));
        let count = i32::try_from(headers.len()).expect("few headers");
        let action =
            self.call::<(i32, i32, i32), i32>("proxy_on_request_headers", (context, count, 1))?;
        let state = self.store.data_mut();
        state.maps.clear();
        let verdict = match state.local.take() {
            Some(local) => {
                assert_eq!(action, 1, "an answered request is held");
                Verdict::Local(local)
            }
            None => {
                assert_eq!(action, 0, "a request without an answer goes on");
                Verdict::Pass
            }
        };
        Ok((context, verdict))
    }

    /// The headers of an answer.
    ///
    /// # Errors
    /// A trap.
    pub fn response(
        &mut self,
        context: i32,
        headers: &[(&str, &str)],
        end: bool,
    ) -> Result<(), Error> {
        self.store.data_mut().maps.insert(2, owned(headers));
        let count = i32::try_from(headers.len()).expect("few headers");
        self.optional::<(i32, i32, i32), i32>(
            "proxy_on_response_headers",
            (context, count, i32::from(end)),
        )?;
        self.store.data_mut().maps.clear();
        Ok(())
    }

    /// The stream is over, without trailers, which a host says are empty then; `flags` are Envoy's
    /// response flags.
    ///
    /// # Errors
    /// A trap.
    pub fn log(&mut self, context: i32, flags: u64) -> Result<(), Error> {
        self.log_with(context, &[], flags)
    }

    /// The stream is over, and its answer had these trailers.
    ///
    /// # Errors
    /// A trap.
    pub fn log_with(
        &mut self,
        context: i32,
        trailers: &[(&str, &str)],
        flags: u64,
    ) -> Result<(), Error> {
        self.set_property("response\0flags", Some(&flags.to_le_bytes()));
        self.store.data_mut().maps.insert(3, owned(trailers));
        self.optional::<i32, ()>("proxy_on_log", context)?;
        self.store.data_mut().maps.clear();
        Ok(())
    }

    fn call<P, R>(&mut self, name: &str, params: P) -> Result<R, Error>
    where
        P: wasmi::WasmParams,
        R: wasmi::WasmResults,
    {
        let function = self.instance.get_typed_func::<P, R>(&self.store, name)?;
        self.store.set_fuel(FUEL)?;
        function.call(&mut self.store, params)
    }

    /// Calls what may be absent.
    fn optional<P, R>(&mut self, name: &str, params: P) -> Result<Option<R>, Error>
    where
        P: wasmi::WasmParams,
        R: wasmi::WasmResults,
    {
        if self.instance.get_func(&self.store, name).is_none() {
            return Ok(None);
        }
        self.call(name, params).map(Some)
    }
}

fn owned(headers: &[(&str, &str)]) -> Headers {
    headers
        .iter()
        .map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()))
        .collect()
}

// === The calls ===

type Cx<'a> = Caller<'a, State>;

/// Counts the call, and says how it is to fail.
fn met(cx: &mut Cx<'_>, call: &'static str) -> Option<Fault> {
    if let Some(hook) = cx.data_mut().before.remove(call) {
        hook();
    }
    match cx.data_mut().before_call.take() {
        Some((0, hook)) => hook(),
        Some((others, hook)) => cx.data_mut().before_call = Some((others - 1, hook)),
        None => {}
    }
    *cx.data_mut().calls.entry(call).or_default() += 1;
    cx.data().faults.get(call).cloned()
}

/// The status of a call that returns nothing and may be told to fail.
fn failed(cx: &mut Cx<'_>, call: &'static str) -> Option<i32> {
    match met(cx, call)? {
        Fault::Status(status) => Some(status),
        Fault::Empty | Fault::Bytes(_) => None,
    }
}

fn memory(cx: &Cx<'_>) -> Memory {
    cx.data().memory.expect("calls come after the start")
}

fn read(cx: &Cx<'_>, at: i32, len: i32) -> Option<Vec<u8>> {
    let (at, len) = (at.cast_unsigned() as usize, len.cast_unsigned() as usize);
    let bytes = memory(cx).data(cx);
    bytes.get(at..at.checked_add(len)?).map(<[u8]>::to_vec)
}

fn write(cx: &mut Cx<'_>, at: i32, bytes: &[u8]) -> bool {
    let at = at.cast_unsigned() as usize;
    memory(cx).write(cx, at, bytes).is_ok()
}

/// Hands bytes over through the module's allocator.
fn give(cx: &mut Cx<'_>, bytes: &[u8], out_at: i32, out_len: i32) -> Result<i32, Error> {
    let len = i32::try_from(bytes.len()).expect("test values are small");
    let mut at = 0;
    if len > 0 {
        let allocate = cx.data().allocate.expect("calls come after the start");
        at = allocate.call(&mut *cx, len)?;
        if at == 0 || !write(cx, at, bytes) {
            return Ok(status::INVALID_MEMORY);
        }
    }
    let told = write(cx, out_at, &at.to_le_bytes()) && write(cx, out_len, &len.to_le_bytes());
    Ok(if told {
        status::OK
    } else {
        status::INVALID_MEMORY
    })
}

/// The same for a call that returns bytes and may be told to fail.
fn answer(
    cx: &mut Cx<'_>,
    call: &'static str,
    right: impl FnOnce(&mut State) -> Result<Vec<u8>, i32>,
    (out_at, out_len): (i32, i32),
) -> Result<i32, Error> {
    let value = match met(cx, call) {
        Some(Fault::Status(status)) => return Ok(status),
        Some(Fault::Empty) => Vec::new(),
        Some(Fault::Bytes(bytes)) => bytes,
        None => match right(cx.data_mut()) {
            Ok(value) => value,
            Err(status) => return Ok(status),
        },
    };
    give(cx, &value, out_at, out_len)
}

/// A header map as the ABI lays it out.
pub fn pairs(headers: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let word = |n: usize| {
        u32::try_from(n)
            .expect("test headers are small")
            .to_le_bytes()
    };
    let mut out = word(headers.len()).to_vec();
    for (name, value) in headers {
        out.extend(word(name.len()));
        out.extend(word(value.len()));
    }
    for text in headers.iter().flat_map(|(name, value)| [name, value]) {
        out.extend(text);
        out.push(0);
    }
    out
}

/// Reads such a map back; none when Envoy would not understand it.
fn unpair(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let word = |at: usize| {
        let four = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_le_bytes(four) as usize)
    };
    let count = word(0)?;
    let mut at = 4 + 8 * count;
    let mut out = Vec::new();
    for index in 0..count {
        let mut text = |len: usize| {
            let text = String::from_utf8(bytes.get(at..at + len)?.to_vec()).ok()?;
            (*bytes.get(at + len)? == 0).then_some(())?;
            at += len + 1;
            Some(text)
        };
        let name = text(word(4 + 8 * index)?)?;
        out.push((name, text(word(8 + 8 * index)?)?));
    }
    (at == bytes.len()).then_some(out)
}

fn link(linker: &mut Linker<State>) -> Result<(), Error> {
    const ENV: &str = "env";
    const WASI: &str = "wasi_snapshot_preview1";
    linker.func_wrap(
        ENV,
        "proxy_get_property",
        |mut cx: Cx<'_>, path: i32, len: i32, at: i32, out: i32| {
            let path = read(&cx, path, len);
            let right = |state: &mut State| {
                let path = path.ok_or(status::INVALID_MEMORY)?;
                let found = state.properties.get(&path);
                found.cloned().ok_or(status::NOT_FOUND)
            };
            answer(&mut cx, "proxy_get_property", right, (at, out))
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_get_header_map_pairs",
        |mut cx: Cx<'_>, map: i32, at: i32, out: i32| {
            let right = |state: &mut State| match state.maps.get(&map) {
                // A map without headers has no bytes at all.
                Some(headers) if headers.is_empty() => Ok(Vec::new()),
                Some(headers) => Ok(pairs(headers)),
                None => Err(status::BAD_ARGUMENT),
            };
            answer(&mut cx, "proxy_get_header_map_pairs", right, (at, out))
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_get_buffer_bytes",
        |mut cx: Cx<'_>, buffer: i32, from: i32, len: i32, at: i32, out: i32| {
            let right = |state: &mut State| {
                let (from, len) = (from.cast_unsigned() as usize, len.cast_unsigned() as usize);
                let bytes = &state.configuration;
                if buffer != 7 || from > bytes.len() {
                    return Err(status::BAD_ARGUMENT);
                }
                Ok(bytes[from..bytes.len().min(from + len)].to_vec())
            };
            answer(&mut cx, "proxy_get_buffer_bytes", right, (at, out))
        },
    )?;
    linker.func_wrap(ENV, "proxy_send_local_response", send_local_response)?;
    linker.func_wrap(
        ENV,
        "proxy_get_shared_data",
        |mut cx: Cx<'_>, key: i32, len: i32, at: i32, out: i32, cas: i32| {
            let key = read(&cx, key, len);
            let mut version = 0;
            let right = |state: &mut State| {
                let key = key.ok_or(status::INVALID_MEMORY)?;
                let world = state.world.borrow();
                let (value, known) = world.shared.get(&key).ok_or(status::NOT_FOUND)?;
                version = *known;
                Ok(value.clone())
            };
            let got = answer(&mut cx, "proxy_get_shared_data", right, (at, out))?;
            write(&mut cx, cas, &version.to_le_bytes());
            Ok::<i32, Error>(got)
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_set_shared_data",
        |mut cx: Cx<'_>, key: i32, len: i32, value: i32, value_len: i32, cas: i32| {
            if let Some(status) = failed(&mut cx, "proxy_set_shared_data") {
                return status;
            }
            let (Some(key), Some(value)) = (read(&cx, key, len), read(&cx, value, value_len))
            else {
                return status::INVALID_MEMORY;
            };
            let mut world = cx.data().world.borrow_mut();
            // A version of zero, and any version of a row that is not there, writes.
            match world.shared.get(&key) {
                Some((_, version)) if cas != 0 && cas.cast_unsigned() != *version => {
                    return status::CAS_MISMATCH;
                }
                _ => world.put(&key, &value),
            }
            status::OK
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_define_metric",
        |mut cx: Cx<'_>, kind: i32, name: i32, len: i32, id: i32| {
            if let Some(status) = failed(&mut cx, "proxy_define_metric") {
                return status;
            }
            let name = read(&cx, name, len).and_then(|name| String::from_utf8(name).ok());
            let Some(name) = name else {
                return status::INVALID_MEMORY;
            };
            let index = {
                let metrics = &mut cx.data().world.borrow_mut().metrics;
                let is = |metric: &Metric| metric.name == name && metric.kind == kind;
                let known = metrics.iter().position(is);
                known.unwrap_or_else(|| {
                    let value = 0;
                    metrics.push(Metric { name, kind, value });
                    metrics.len() - 1
                })
            };
            // Envoy keeps the kind in the low bits.
            let number = i32::try_from(index).expect("few metrics") << 2 | kind;
            write(&mut cx, id, &number.to_le_bytes());
            status::OK
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_increment_metric",
        |mut cx: Cx<'_>, id: i32, by: i64| {
            if let Some(status) = failed(&mut cx, "proxy_increment_metric") {
                return status;
            }
            let metrics = &mut cx.data().world.borrow_mut().metrics;
            match metrics.get_mut((id >> 2) as usize) {
                Some(metric) => {
                    metric.value += by.cast_unsigned();
                    status::OK
                }
                None => status::NOT_FOUND,
            }
        },
    )?;
    linker.func_wrap(
        ENV,
        "proxy_get_metric",
        |mut cx: Cx<'_>, id: i32, out: i32| {
            if let Some(status) = failed(&mut cx, "proxy_get_metric") {
                return status;
            }
            let value = {
                let world = cx.data().world.borrow();
                let metric = world.metrics.get((id >> 2) as usize);
                let stopped = world.gauges.filter(|_| id & GAUGE != 0);
                metric.map(|metric| stopped.unwrap_or(metric.value))
            };
            match value {
                Some(value) if write(&mut cx, out, &value.to_le_bytes()) => status::OK,
                Some(_) => status::INVALID_MEMORY,
                None => status::NOT_FOUND,
            }
        },
    )?;
    linker.func_wrap(
        WASI,
        "clock_time_get",
        |mut cx: Cx<'_>, id: i32, _precision: i64, out: i32| {
            if let Some(status) = failed(&mut cx, "clock_time_get") {
                return status;
            }
            assert_eq!(id, 1, "only the monotonic clock is read");
            let now = cx.data().now_ns;
            write(&mut cx, out, &now.to_le_bytes());
            0
        },
    )?;
    linker.func_wrap(WASI, "random_get", |mut cx: Cx<'_>, at: i32, len: i32| {
        if let Some(status) = failed(&mut cx, "random_get") {
            return status;
        }
        let bytes: Vec<u8> = {
            let mut world = cx.data().world.borrow_mut();
            (0..len).map(|_| world.random().to_le_bytes()[0]).collect()
        };
        write(&mut cx, at, &bytes);
        0
    })?;
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "the ABI gives this call eight parameters"
)]
fn send_local_response(
    mut cx: Cx<'_>,
    code: i32,
    details: i32,
    details_len: i32,
    body: i32,
    body_len: i32,
    headers: i32,
    headers_len: i32,
    grpc: i32,
) -> i32 {
    if let Some(status) = failed(&mut cx, "proxy_send_local_response") {
        return status;
    }
    let text = |at: i32, len: i32| String::from_utf8(read(&cx, at, len)?).ok();
    let local = (|| {
        Some(Local {
            status: code.cast_unsigned(),
            details: text(details, details_len)?,
            headers: unpair(&read(&cx, headers, headers_len)?)?,
            body: text(body, body_len)?,
            grpc,
        })
    })();
    match local {
        Some(local) => {
            cx.data_mut().local = Some(local);
            status::OK
        }
        None => status::INVALID_MEMORY,
    }
}
