//! `cherryc schema`.

use super::args::SchemaArgs;
use super::terminal::Terminal;

pub(crate) fn run(args: &SchemaArgs, terminal: &Terminal) -> anyhow::Result<u8> {
    for (name, schema) in cherryc::schemas() {
        if name == args.name {
            terminal.print(&format!("{}\n", serde_json::to_string_pretty(&schema)?))?;
        }
    }
    Ok(0)
}
