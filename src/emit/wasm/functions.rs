//! The functions of a module: their names, their types, and where their bodies are written.

use std::marker::PhantomData;

use wasm_encoder::ValType;

use super::asm::{Global, Long, Word};
use super::body::Body;
use super::layout::{Layout, Pool};
use super::program::FilterProgram;
use super::{address, admission, hooks, limiter, pack, route, state, text};

use ValType::{I32 as W, I64 as L};

/// The functions by name, and their numbers in tables: those of endpoints come last.
macro_rules! functions {
    ($($name:ident,)*) => {
        /// A function of the module.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Fun {
            $($name,)*
            Endpoint(u32),
        }

        impl Fun {
            /// Those that are not of endpoints.
            const NAMED: &[Fun] = &[$(Fun::$name),*];

            /// Its number among all that there may be.
            pub(super) fn number(self) -> u32 {
                enum Number {
                    $($name,)*
                    Endpoint,
                }
                match self {
                    $(Fun::$name => Number::$name as u32,)*
                    Fun::Endpoint(number) => Number::Endpoint as u32 + number,
                }
            }

            /// The function of a number.
            pub(super) fn of(number: u32) -> Fun {
                match Fun::NAMED.get(number as usize) {
                    Some(fun) => *fun,
                    None => Fun::Endpoint(number - Fun::Endpoint(0).number()),
                }
            }
        }
    };
}

functions! {
    // What the host calls.
    Enter,
    Allocate,
    VmStart,
    Configure,
    RequestHeaders,
    ResponseHeaders,
    Log,
    // What the hooks are made of.
    Clock,
    Unpack,
    Ask,
    Update,
    Admit,
    Change,
    RefuseOpen,
    TicketOf,
    Settle,
    GrpcOutcome,
    Left,
    LeftOf,
    RowOf,
    Write,
    Count,
    Got,
    Headers,
    Find,
    Cookie,
    Fits,
    Split,
    Pick,
    PutText,
    Segment,
    Address,
    ReadAddress,
    Hash,
    Sum,
    Equal,
}

impl Fun {
    /// Parameters and result.
    pub(super) fn signature(self) -> (&'static [ValType], Option<ValType>) {
        match self {
            Fun::Enter | Fun::Unpack | Fun::Split => (&[], None),
            Fun::Clock => (&[], Some(W)),
            Fun::Allocate
            | Fun::Endpoint(_)
            | Fun::TicketOf
            | Fun::RefuseOpen
            | Fun::RowOf
            | Fun::GrpcOutcome
            | Fun::Address
            | Fun::Fits
            | Fun::Got => (&[W], Some(W)),
            Fun::VmStart
            | Fun::Configure
            | Fun::Settle
            | Fun::Admit
            | Fun::Ask
            | Fun::Find
            | Fun::Cookie => (&[W, W], Some(W)),
            Fun::RequestHeaders | Fun::ResponseHeaders | Fun::Update | Fun::Write | Fun::Equal => {
                (&[W, W, W], Some(W))
            }
            Fun::Log
            | Fun::Headers
            | Fun::Count
            | Fun::Segment
            | Fun::Change
            | Fun::ReadAddress => (&[W], None),
            Fun::PutText => (&[W, W], None),
            Fun::Left => (&[], Some(L)),
            Fun::LeftOf => (&[W, W], Some(L)),
            Fun::Pick => (&[W, W, W, W, W], None),
            Fun::Hash => (&[W, W], Some(L)),
            Fun::Sum => (&[L, L], Some(L)),
        }
    }

    /// The name under which the host calls it, if it does.
    pub(super) fn export(self) -> Option<&'static str> {
        Some(match self {
            // A marker, which is never called.
            Fun::Enter => "proxy_abi_version_0_2_1",
            Fun::Allocate => "malloc",
            Fun::VmStart => "proxy_on_vm_start",
            Fun::Configure => "proxy_on_configure",
            Fun::RequestHeaders => "proxy_on_request_headers",
            Fun::ResponseHeaders => "proxy_on_response_headers",
            Fun::Log => "proxy_on_log",
            _ => return None,
        })
    }

    /// The name in the text of a module; exports carry theirs already.
    pub(super) fn name(self) -> Option<String> {
        if self.export().is_some() && self != Fun::Enter {
            return None;
        }
        if let Fun::Endpoint(number) = self {
            return Some(format!("endpoint_{number}"));
        }
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(c.to_ascii_lowercase());
        }
        Some(name)
    }
}

/// What is known while bodies are written.
#[derive(Debug)]
pub(super) struct Cx<'a> {
    pub(super) program: &'a FilterProgram,
    pub(super) layout: &'a Layout,
    pub(super) pool: Pool,
    /// How long the names of the counters are, which are the first of the texts.
    pub(super) names_len: u32,
    /// The table of breakers, and how long an entry is.
    pub(super) breakers_at: u32,
    pub(super) breaker_bytes: u32,
}

/// The next free byte of the arena.
pub(super) const FREE: Global<Word> = Global(0, PhantomData);
/// The letters of the plugin's configuration, as bits.
pub(super) const FLAGS: Global<Word> = Global(1, PhantomData);
/// The monotonic clock in nanoseconds, as it was read last.
pub(super) const NOW: Global<Long> = Global(2, PhantomData);
/// What the host returned last, or a piece of text that was found: pointer and length.
pub(super) const PTR: Global<Word> = Global(3, PhantomData);
pub(super) const LEN: Global<Word> = Global(4, PhantomData);
/// The header map that was read: pointer and length.
pub(super) const MAP: Global<Word> = Global(5, PhantomData);
pub(super) const MAP_LEN: Global<Word> = Global(6, PhantomData);
/// Where the path begins.
pub(super) const PATH: Global<Word> = Global(7, PhantomData);
/// What an update tells of itself: the counter of what happened, since no two things do at once,
/// and whether its row is to be written.
pub(super) const EVENT: Global<Word> = Global(8, PhantomData);
pub(super) const WRITE: Global<Word> = Global(9, PhantomData);
/// The slot of the row that is read; rows are read nowhere else.
pub(super) const SLOT: Global<Word> = Global(10, PhantomData);
/// The tag of the key that is asked for.
pub(super) const TAG: Global<Long> = Global(11, PhantomData);
/// Where the path ends, for keys that are cut from it.
pub(super) const END: Global<Word> = Global(12, PhantomData);

impl Cx<'_> {
    /// Address and length of a constant.
    pub(super) fn text(&mut self, bytes: &[u8]) -> (u32, u32) {
        let len = u32::try_from(bytes.len()).expect("constants are short");
        (self.pool.address(bytes), len)
    }

    /// Writes the body of a function.
    pub(super) fn write(&mut self, fun: Fun) -> Body {
        let mut body = Body::new(fun.signature().0.len());
        let f = &mut body;
        match fun {
            Fun::Allocate => hooks::allocate(self, f),
            Fun::VmStart => hooks::vm_start(self, f),
            Fun::Configure => hooks::configure(f),
            Fun::RequestHeaders => hooks::request_headers(self, f),
            Fun::ResponseHeaders => hooks::response_headers(self, f),
            Fun::Log => hooks::log(self, f),
            Fun::Enter => hooks::enter(self, f),
            Fun::Clock => hooks::clock(f),
            Fun::Unpack => pack::unpack(self, f),
            Fun::Endpoint(number) => route::endpoint(self, f, number),
            Fun::Ask => limiter::ask(self, f),
            Fun::Update => state::update(self, f),
            Fun::Admit => admission::admit(self, f),
            Fun::Change => admission::change(f),
            Fun::RefuseOpen => admission::refuse_open(self, f),
            Fun::TicketOf => admission::ticket_of(self, f),
            Fun::Settle => admission::settle(self, f),
            Fun::GrpcOutcome => admission::grpc_outcome(f),
            Fun::Left | Fun::LeftOf => admission::left(self, f),
            Fun::RowOf => state::row_of(f),
            Fun::Write => state::write(f),
            Fun::Count => state::count(self, f),
            Fun::Got => state::got(self, f),
            Fun::Headers => text::headers(f),
            Fun::Find => text::find(f),
            Fun::Cookie => text::cookie(self, f),
            Fun::Fits => text::fits(self, f),
            Fun::Split => text::split(self, f),
            Fun::Pick => text::pick(f),
            Fun::PutText => text::put_text(f),
            Fun::Segment => text::segment(self, f),
            Fun::Address => address::address(self, f),
            Fun::ReadAddress => address::read_address(f),
            Fun::Hash => limiter::hash(self, f),
            Fun::Sum => limiter::sum(f),
            Fun::Equal => text::equal(self, f),
        }
        body
    }
}
