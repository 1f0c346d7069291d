//! Standard output and error: findings go to the one, chatter to the other.

use std::io::{IsTerminal, Write};

use super::args::{Color, Global};
use cherryc::{Compared, Format, RenderOptions, Report};

/// What commands may know about the terminal.
#[derive(Debug)]
pub(crate) struct Terminal {
    quiet: bool,
    verbose: bool,
    color: bool,
    width: usize,
    fail_on: Option<cherryc::Severity>,
}

/// Columns where no terminal says how many it has.
const DEFAULT_WIDTH: usize = 80;

#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where the environment and the terminal are asked"
)]
impl Terminal {
    /// The terminal of the process.
    pub(crate) fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            // https://no-color.org: set and not empty.
            Color::Auto => {
                let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                std::io::stdout().is_terminal() && !no_color && !dumb
            }
        };
        let columns = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        Terminal {
            quiet: global.quiet,
            verbose: global.verbose,
            color,
            width: columns
                .filter(|columns| *columns > 0)
                .unwrap_or(DEFAULT_WIDTH),
            fail_on: global.fail_on.severity(),
        }
    }

    /// Columns of the terminal.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Prints what a command was asked for. A reader that went away ends the printing, not the run.
    pub(crate) fn print(&self, text: &str) -> anyhow::Result<()> {
        match std::io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Says what was done.
    pub(crate) fn say(&self, text: impl std::fmt::Display) {
        if !self.quiet {
            chatter(format_args!("{text}\n"));
        }
    }

    /// Says more, for those who asked for it.
    pub(crate) fn detail(&self, text: impl std::fmt::Display) {
        if self.verbose {
            chatter(format_args!("{text}\n"));
        }
    }

    /// Says why a command could not be carried out.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        chatter(format_args!("error: {error:#}\n"));
    }

    /// What renderers may know.
    fn options(&self) -> RenderOptions {
        RenderOptions {
            color: self.color,
            width: self.width,
            fail_on: self.fail_on,
        }
    }

    /// Prints a comparison and returns its exit code.
    pub(crate) fn comparison(&self, compared: &Compared, format: Format) -> anyhow::Result<u8> {
        self.print(&compared.render(format, self.options()))?;
        Ok(compared.exit_code(self.fail_on))
    }

    /// The exit code that a report comes to.
    pub(crate) fn code(&self, report: &Report) -> u8 {
        report.exit_code(self.fail_on)
    }

    /// Prints the findings of a report and returns its exit code.
    pub(crate) fn findings(&self, report: &Report, format: Format) -> anyhow::Result<u8> {
        self.print(&cherryc::render(
            &report.findings,
            &report.sources,
            format,
            self.options(),
        ))?;
        Ok(self.code(report))
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the command line is where the terminal is written to"
)]
fn chatter(text: std::fmt::Arguments<'_>) {
    // Nothing is left to do when even the standard error is gone.
    let _ = std::io::stderr().lock().write_fmt(text);
}

/// Help and versions are no errors; everything else about the arguments is wrong usage.
pub(crate) fn usage(error: &clap::Error) -> u8 {
    // Nothing is left to do when the terminal is gone.
    let _ = error.print();
    if error.use_stderr() { 2 } else { 0 }
}

/// A panic is a bug of ours, and says so.
pub(crate) fn report_bugs() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map(|at| format!(" at {}:{}", at.file(), at.line()))
            .unwrap_or_default();
        let text = info.payload_as_str().unwrap_or("no message");
        chatter(format_args!(
            "this is a bug of cherryc, not of your contract: {text}{place}\nplease report it with the contract that led here\n"
        ));
    }));
}
