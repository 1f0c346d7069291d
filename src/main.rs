//! The `cherryc` command.

fn main() {}
