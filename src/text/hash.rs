//! Content hashes of the lock file: BLAKE3, printed as lower-case hexadecimal. And the hash of tables
//! that are asked for many names.

use std::collections::{HashMap, HashSet};
use std::fmt;

/// A table with many names in it. Nothing may depend on the order of its entries.
pub(crate) type NameMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A set of many names. Nothing may depend on the order of its entries.
pub(crate) type NameSet<K> = HashSet<K, foldhash::fast::RandomState>;

/// The BLAKE3 hash of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of `bytes`.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        ContentHash(*blake3::hash(bytes).as_bytes())
    }

    /// One that was made before.
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        ContentHash(bytes)
    }

    /// The hash of several fields; each is preceded by its length, so that no two lists collide by
    /// moving bytes from one field to the next.
    pub(crate) fn of_fields<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for field in fields {
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field);
        }
        ContentHash(*hasher.finalize().as_bytes())
    }

    /// Reads what is printed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hash = blake3::Hash::from_hex(text).ok()?;
        Some(ContentHash(*hash.as_bytes()))
    }

    /// The hash itself.
    pub(crate) fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// The first eight bytes, for stable numeric identities in artifacts.
    pub(crate) fn short(self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
