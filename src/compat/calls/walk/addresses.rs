//! Addresses of servers: which ones a template with variables stands for, and which are one.

use std::collections::BTreeSet;

use crate::schema::Server;

/// Most addresses that one server is written out as; one with more keeps its variables.
const MAX_ADDRESSES: usize = 256;

/// What stands where any text may stand.
const ANY: &str = "{}";

/// Every address of a path at a server, in the order of its values. Variables without a list of values
/// may be anything.
pub(super) fn of(server: &Server, path: &str) -> Vec<String> {
    let mut addresses = vec![String::new()];
    let mut rest = &*server.url.node;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let variable = server.variables.iter().find(|(other, _)| **other == *name);
        let values = variable.map_or(&[][..], |(_, values)| &**values);
        let is_listed = !values.is_empty() && values.len() * addresses.len() <= MAX_ADDRESSES;
        let values: Vec<&str> = match is_listed {
            true => values.iter().map(|value| &**value).collect(),
            false => vec![ANY],
        };
        addresses = addresses
            .iter()
            .flat_map(|begin| {
                let each = values.iter();
                each.map(move |value| format!("{begin}{before}{value}"))
            })
            .collect();
        rest = after;
    }
    let whole = addresses.iter().map(|begin| {
        let url = normal(&format!("{begin}{rest}"));
        format!("{}{path}", url.trim_end_matches('/'))
    });
    whole.collect()
}

/// The addresses of a call.
pub(super) struct Reach<'a> {
    all: BTreeSet<&'a str>,
    /// Those with parts that may be anything.
    wide: Vec<&'a str>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(addresses: &'a [Vec<String>]) -> Self {
        let all: BTreeSet<&str> = addresses.iter().flatten().map(String::as_str).collect();
        let wide = all.iter().filter(|address| address.contains(ANY));
        Reach {
            wide: wide.copied().collect(),
            all,
        }
    }

    /// Whether calls to this address are among them.
    pub(super) fn holds(&self, address: &str) -> bool {
        self.all.contains(address) || self.wide.iter().any(|wide| covers(wide, address))
    }
}

/// Scheme and host have no case, and the port of a scheme need not be said (RFC 3986, section 6.2).
fn normal(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let scheme = scheme.to_ascii_lowercase();
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let port = match &*scheme {
        "https" | "wss" => ":443",
        "http" | "ws" => ":80",
        _ => "",
    };
    let host = host.strip_suffix(port).unwrap_or(&host);
    format!("{scheme}://{host}{path}")
}

/// Whether the first address, where parts may be any text, stands for the second.
fn covers(wide: &str, narrow: &str) -> bool {
    let mut parts = wide.split(ANY);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = narrow.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return false;
    };
    for part in parts {
        // A text of no length would be no part of a host or a path.
        let Some(at) = rest.char_indices().nth(1).and_then(|(from, _)| {
            let found = rest.get(from..)?.find(part)?;
            Some(from + found)
        }) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.len() > last.len() && rest.ends_with(last)
}
