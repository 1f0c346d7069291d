//! The bytes of a file to text.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::rules;
use crate::diag::Diagnostics;
use crate::fs::{EntryKind, ReadFs};
use crate::text::{FileId, RelPath, Span};

/// Largest file that is read, in bytes. GitHub's description of its whole API takes 13 MB; what is
/// twice as large is no description any more, and refusing it early keeps time and memory small.
pub(crate) const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;

/// Why bytes are no text, with as much of the text as leads to the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextProblem {
    reason: Reason,
    text: Arc<str>,
    at: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Utf8(u8),
    Utf16,
    Nul,
    Size(usize),
}

/// The text in the bytes of a file. A byte order mark at the beginning is taken off, so offsets
/// count from the byte after it.
pub(crate) fn bytes_to_text(mut bytes: Vec<u8>) -> Result<Arc<str>, TextProblem> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(TextProblem::new(Reason::Size(bytes.len()), ""));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(TextProblem::new(Reason::Utf16, ""));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let byte = error.as_bytes()[valid];
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        TextProblem::new(Reason::Utf8(byte), &before)
    })?;
    match text.find('\0') {
        Some(at) => Err(TextProblem::new(Reason::Nul, &text[..at])),
        None => Ok(text.into()),
    }
}

impl TextProblem {
    fn new(reason: Reason, before: &str) -> Self {
        TextProblem {
            reason,
            text: format!("{before}\u{FFFD}").into(),
            // The text is a part of a file that met the size limit.
            at: u32::try_from(before.len()).unwrap_or(u32::MAX),
        }
    }

    /// The text up to the problem, and a replacement character in its place: what the source map
    /// takes in, so that the report can show the place.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Reports the problem in the file that holds [`Self::text`].
    pub(crate) fn report(&self, file: FileId, sink: &mut Diagnostics) {
        let span = Span::new(file, self.at, self.at + 3);
        let help = match self.reason {
            Reason::Utf8(_) | Reason::Utf16 => "save the file as UTF-8",
            Reason::Nul => "remove the byte; this may be a binary file",
            Reason::Size(_) => "split the document into several files",
        };
        sink.report(&rules::FILE_UNREADABLE, self)
            .at(span, "here")
            .help(help);
    }
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason {
            Reason::Utf8(byte) => {
                write!(
                    f,
                    "the file is not UTF-8: byte {byte:#04x} at offset {}",
                    self.at
                )
            }
            Reason::Utf16 => f.write_str("the file is UTF-16, not UTF-8"),
            Reason::Nul => write!(f, "the file holds a NUL byte at offset {}", self.at),
            Reason::Size(size) => write!(
                f,
                "the file holds {size} bytes, the limit is {MAX_FILE_BYTES}"
            ),
        }
    }
}

/// Reports that a file cannot be read from the disk; `at` is the place that names it, if any.
pub(crate) fn report_unreadable(
    path: &RelPath,
    error: &io::Error,
    at: Option<Span>,
    sink: &mut Diagnostics,
) {
    let headline = format!("cannot read `{path}`: {}", reason(error));
    let mut draft = sink.report(&rules::FILE_UNREADABLE, headline);
    if let Some(span) = at {
        draft = draft.at(span, "named here");
    }
    if error.kind() == io::ErrorKind::NotFound {
        draft.help(match at {
            Some(_) => "check the path; it is read relative to the file that names it",
            None => "check the path",
        });
    }
}

/// Reports an entry of a folder that would be read and cannot be: a link that leads astray, or a name
/// that is no path. What can be read is no concern of this.
pub(crate) fn report_lost(
    fs: &dyn ReadFs,
    path: &RelPath,
    kind: EntryKind,
    sink: &mut Diagnostics,
) {
    let (reason, help) = match kind {
        EntryKind::File | EntryKind::Dir => return,
        // An editor marks files that are open by a link from `.#name` to nowhere.
        EntryKind::Astray if path.file_name().starts_with(".#") => return,
        EntryKind::Astray => {
            let reason = match fs.read(path, 0) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => reason(&error),
                _ => "the link leads nowhere".to_owned(),
            };
            (reason, "mend the link, or remove it")
        }
        EntryKind::Unnamed => ("its name is not UTF-8".to_owned(), "rename the file"),
    };
    let headline = format!("cannot read `{path}`: {reason}");
    sink.report(&rules::FILE_UNREADABLE, headline).help(help);
}

/// The reason without the number of the operating system.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "permission denied".to_owned()
        }
        _ => {
            let text = error.to_string();
            match text.find(" (os error ") {
                Some(end) => text[..end].to_owned(),
                None => text,
            }
        }
    }
}

#[cfg(test)]
mod tests;
