//! Free TCP ports on the loopback address.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

/// Returns `N` ports of `127.0.0.1` that were free a moment ago, all different.
///
/// The kernel chose them, so that tests running at once rarely meet. Nothing is reserved: a peer
/// that finds its port taken in between must ask again.
///
/// # Errors
/// The error of the operating system when no listener can be bound.
pub fn free_ports<const N: usize>() -> io::Result<[u16; N]> {
    // All listeners stay open until the last one is bound; that is what makes the ports differ.
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}

/// Returns one free port of `127.0.0.1`; see [`free_ports`].
///
/// # Errors
/// The error of the operating system when no listener can be bound.
pub fn free_port() -> io::Result<u16> {
    let [port] = free_ports()?;
    Ok(port)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ports_differ_and_can_be_bound() {
        let ports = free_ports::<16>().expect("a loopback address exists");
        assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), 16);
        for port in ports {
            assert_ne!(port, 0);
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("the port was free just now");
        }
    }
}
