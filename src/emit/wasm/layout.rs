//! Where things stand in the module's memory: every address is fixed when the module is made.

use std::collections::BTreeMap;

use super::admission::breaker_bytes;
use super::pack::pack;
use super::program::FilterProgram;

/// Out-parameters of host calls. A text that is absent stands at 0, so a zero stays there.
pub(super) const OUT_PTR: u32 = 4;
pub(super) const OUT_LEN: u32 = 8;
/// Where the clock writes, 8 bytes, which are read at once.
pub(super) const CLOCK: u32 = OUT_PTR;
/// An IPv6 address while it is read: 128 bits, the low half first. Its groups are written from the
/// top down, with room for more of them than an address has.
pub(super) const ADDRESS: u32 = 44;
/// What is hashed for a limit: its id, which comes last, so that it may stand where addresses are
/// read, then [`PART_BYTES`] for each of eight parts at most.
pub(super) const PARTS: u32 = ADDRESS + 8;
/// A part of a key: a byte that says of which kind it is, and eight of its value.
pub(super) const PART_BYTES: u32 = 9;
/// Most parts of a key.
pub(super) const MAX_PARTS: usize = 8;
/// The seed of the hash, 32 bytes, which is read as a row is, and what stands before one in a slot:
/// its version, over the last of the parts.
pub(super) const SEED: u32 = 132;
pub(super) const SEED_BYTES: u32 = 32;
pub(super) const SEED_SLOT: u32 = SEED - slot::ROW;
/// The query: pointer and length.
pub(super) const QUERY: u32 = 164;
/// How many segments the path has.
pub(super) const SEGMENTS: u32 = 172;
/// How many of them are kept: a template has 32 at most.
pub(super) const KEPT_SEGMENTS: u32 = 33;
/// Where the host writes the generation of the breakers, 8 bytes.
pub(super) const GENERATION: u32 = 176;
/// One past the groups of an address behind a `::`, with the same room before it and 16 zeros behind
/// it.
pub(super) const ADDRESS_TAIL: u32 = 232;
const CONSTANTS: u32 = 248;

/// A row of limiter state: 16 places of a tag and an arrival time.
pub(super) const WAYS: u32 = 16;
pub(super) const WAY_BYTES: u32 = 16;
pub(super) const ROW_BYTES: u32 = WAYS * WAY_BYTES;
/// How many rows there are.
pub(super) const ROWS: u32 = 8192;

/// A place for a row, and what is known of it; see [`state`](super::state).
pub(super) mod slot {
    /// The row's version, as the host counts it.
    pub(in super::super) const VERSION: u32 = 0;
    /// The generation of the breakers of which the row is, or 0: it is not to be used again.
    pub(in super::super) const GENERATION: u32 = 4;
    pub(in super::super) const ROW: u32 = 12;
}

/// A breaker's row, as it stands in its slot: epoch, state, count and since.
///
/// Where no breaker of the module lets several probes out at once, that is all, and the state is
/// the same whether it is open or a probe is out: since the moment that is written, somebody is
/// waited for, and nobody else is let in before the open time is over. A count of one says that
/// nobody is waited for any longer. Each probe begins an epoch, which tells its answer from others.
///
/// Else the number of probes so far and the leases follow.
pub(super) mod breaker_row {
    use super::slot::ROW;

    pub(in super::super) const EPOCH: u32 = ROW;
    pub(in super::super) const STATE: u32 = ROW + 8;
    pub(in super::super) const COUNT: u32 = ROW + 12;
    pub(in super::super) const SINCE: u32 = ROW + 16;
    pub(in super::super) const PROBES: u32 = ROW + 24;
    pub(in super::super) const LEASES: u32 = ROW + 32;
    /// One more than the id of the probe that holds the place, then when its lease began.
    pub(in super::super) const LEASE_BYTES: u32 = 16;
}

/// What is said of a limit or a breaker among the constants: how to find its row and its counters,
/// then its settings. Those that all limits or all breakers share stand in the code instead.
pub(super) mod spec {
    pub(in super::super) const KEY_LEN: u32 = 0;
    pub(in super::super) const COUNTERS: u32 = 1;
    pub(in super::super) const ROW_BYTES: u32 = 3;
    /// The name of the row. That of a limit is `l` and the number of the row, which is written when
    /// it is known; that of a breaker is `b`, how many leases the row has, and its id.
    pub(in super::super) const KEY: u32 = 5;
    pub(in super::super) const LIMITER_KEY_BYTES: u32 = 3;
    pub(in super::super) const BREAKER_KEY_BYTES: u32 = 10;
    pub(in super::super) const HALF_OPEN: u32 = KEY + 1;
    /// What a limit is known by, then its settings, 8 bytes each.
    pub(in super::super) const LIMIT_ID: u32 = KEY + LIMITER_KEY_BYTES;
    pub(in super::super) const STEP: u32 = LIMIT_ID + 8;
    pub(in super::super) const TAU: u32 = STEP + 8;
    /// Settings of a breaker: 8 bytes, 4 bytes.
    pub(in super::super) const OPEN_NS: u32 = KEY + BREAKER_KEY_BYTES;
    pub(in super::super) const THRESHOLD: u32 = OPEN_NS + 8;
    pub(in super::super) const BREAKER_BYTES: u32 = THRESHOLD + 4;
}

/// What is remembered of an admitted request.
pub(super) mod ticket {
    /// The request; 0, which no host gives to one, when nothing is remembered.
    pub(in super::super) const CONTEXT: u32 = 0;
    /// Where the breaker's settings stand, when there are several breakers.
    pub(in super::super) const BREAKER: u32 = 4;
    /// Whether the answer's trailers decide.
    pub(in super::super) const AWAITS_TRAILERS: u32 = 8;
    pub(in super::super) const EPOCH: u32 = 16;
    pub(in super::super) const PROBE: u32 = 24;
    pub(in super::super) const BYTES: u32 = 32;
    /// How many there are: a power of two. An older request whose place is taken counts as nothing.
    pub(in super::super) const COUNT: u32 = 4096;
}

/// What host calls may return in one callback: the 60 KiB of headers that a proxy takes by default
/// and room for rows.
pub(super) const ARENA_BYTES: u32 = 96 * 1024;
const PAGE: u32 = 65_536;

/// Addresses that depend on the program.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Tables and packed texts.
    pub(super) constants: u32,
    /// Bytes that are kept free for the two, and for the unpacked texts as well.
    room: u32,
    /// The texts once they are unpacked.
    texts: u32,
    /// Ids of the counters, as the host gave them out.
    pub(super) counter_ids: u32,
    /// Pointers and lengths of the first segments, when a key needs them.
    pub(super) segments: u32,
    /// The slot that limits share, then one for each breaker, which are this many times as far from
    /// each other as the entries of their table.
    pub(super) slots: u32,
    pub(super) breaker_slots: u32,
    pub(super) slots_apart: u32,
    /// Where the host writes what it returns, but for rows.
    pub(super) arena: u32,
    /// One past it.
    pub(super) arena_end: u32,
    /// Zeros that nobody writes to, as many as the longest row has bytes.
    pub(super) zeros: u32,
    /// The ring of admitted requests.
    pub(super) tickets: u32,
    end: u32,
}

impl Layout {
    /// The layout for a program.
    pub(super) fn of(program: &FilterProgram) -> Self {
        let count = |n: usize| u32::try_from(n).expect("a program is smaller than its contract");
        let align = |at: u32| at.next_multiple_of(64);
        let constants = CONSTANTS;
        let room = count(program.constants_at_most());
        let texts = constants + room;
        let counter_ids = align(texts + room);
        let segments = align(counter_ids + 4 * count(program.metrics.len()));
        let kept = if program.reads_path() {
            KEPT_SEGMENTS
        } else {
            0
        };
        let most_leases = program.breakers.iter().map(|b| program.leases(b)).max();
        let slots = align(segments + 8 * kept);
        let breaker_slots = slots + slot::ROW + ROW_BYTES;
        let breaker_slot_bytes = slot::ROW + most_leases.map_or(0, breaker_row_bytes);
        let slots_apart = breaker_slot_bytes.div_ceil(breaker_bytes(program));
        let breakers = breaker_bytes(program) * count(program.breakers.len());
        let all_slots = slots_apart * breakers;
        let arena = align(breaker_slots + all_slots);
        let arena_end = arena + ARENA_BYTES;
        let zeros = arena_end;
        let longest_row = ROW_BYTES.max(most_leases.map_or(0, breaker_row_bytes));
        let tickets = align(zeros + longest_row);
        let ring = if program.breakers.is_empty() {
            0
        } else {
            ticket::BYTES * ticket::COUNT
        };
        Layout {
            constants,
            room,
            texts,
            counter_ids,
            segments,
            slots,
            breaker_slots,
            slots_apart,
            arena,
            arena_end,
            zeros,
            tickets,
            end: tickets + ring,
        }
    }

    /// Pages of memory.
    pub(super) fn pages(&self) -> u32 {
        self.end.div_ceil(PAGE)
    }
}

/// Bytes of a breaker's row with this many leases.
pub(super) fn breaker_row_bytes(leases: u32) -> u32 {
    let end = match leases {
        0 => breaker_row::PROBES,
        _ => breaker_row::LEASES + breaker_row::LEASE_BYTES * leases,
    };
    end - slot::ROW
}

/// Constants: tables as they are, and texts, each once and packed; every address is known as soon
/// as it is first used.
#[derive(Debug)]
pub(super) struct Pool {
    tables_at: u32,
    texts_at: u32,
    room: u32,
    known: BTreeMap<Vec<u8>, u32>,
    tables: Vec<u8>,
    texts: Vec<u8>,
}

impl Pool {
    pub(super) fn new(layout: &Layout) -> Self {
        Pool {
            tables_at: layout.constants,
            texts_at: layout.texts,
            room: layout.room,
            known: BTreeMap::new(),
            tables: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// The address of these bytes.
    pub(super) fn address(&mut self, bytes: &[u8]) -> u32 {
        if let Some(known) = self.known.get(bytes) {
            return *known;
        }
        let at = if bytes.is_ascii() {
            self.own_text(bytes)
        } else {
            self.own(bytes)
        };
        self.known.insert(bytes.to_vec(), at);
        at
    }

    /// The address of a table that the module may write to; equal ones are one.
    pub(super) fn table(&mut self, table: Vec<u8>) -> u32 {
        if let Some(known) = self.known.get(&table) {
            return *known;
        }
        let at = self.own(&table);
        self.known.insert(table, at);
        at
    }

    /// The address of bytes that nobody else shares.
    pub(super) fn own(&mut self, bytes: &[u8]) -> u32 {
        append(&mut self.tables, self.tables_at, bytes)
    }

    /// The same for a text, which is ASCII.
    pub(super) fn own_text(&mut self, text: &[u8]) -> u32 {
        append(&mut self.texts, self.texts_at, text)
    }

    /// Address and length of all texts so far.
    pub(super) fn texts(&self) -> (u32, u32) {
        (self.texts_at, length(&self.texts))
    }

    /// The address of all texts, packed; there are no more to come.
    pub(super) fn pack(&mut self) -> u32 {
        let packed = pack(&std::mem::take(&mut self.texts));
        self.own(&packed)
    }

    /// All of them.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        assert!(self.texts.is_empty(), "the texts are packed");
        let len = length(&self.tables);
        assert!(
            len <= self.room,
            "{len} bytes of constants in {}",
            self.room
        );
        self.tables
    }
}

fn append(to: &mut Vec<u8>, at: u32, bytes: &[u8]) -> u32 {
    let address = at + length(to);
    to.extend(bytes);
    address
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("constants are small")
}
