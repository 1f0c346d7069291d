//! Bytes that are text, and bytes that are not.

use std::io;
use std::sync::Arc;

use super::{MAX_FILE_BYTES, bytes_to_text, report_unreadable};
use crate::diag::{Diagnostic, Diagnostics, LevelTable};
use crate::text::{RelPath, Side, SourceMap};

#[test]
fn a_byte_order_mark_is_taken_off() {
    let text = bytes_to_text("\u{feff}a: 1\r\n".into()).expect("the bytes are text");
    assert_eq!(&*text, "a: 1\r\n");
}

#[test]
fn what_is_no_text_says_why_and_where() {
    let cases: [(&[u8], &str, (u32, u32)); 5] = [
        (
            b"a: 1\nb: caf\xe9\n",
            "the file is not UTF-8: byte 0xe9 at offset 11",
            (2, 7),
        ),
        (
            b"a: \xc3",
            "the file is not UTF-8: byte 0xc3 at offset 3",
            (1, 4),
        ),
        (b"a: x\0y", "the file holds a NUL byte at offset 4", (1, 5)),
        (b"\xff\xfea\0", "the file is UTF-16, not UTF-8", (1, 1)),
        (b"\xfe\xff\0a", "the file is UTF-16, not UTF-8", (1, 1)),
    ];
    for (bytes, headline, place) in cases {
        let problem = bytes_to_text(bytes.to_vec()).expect_err("the bytes are no text");
        let mut sources = SourceMap::default();
        let path = RelPath::new("x.cherry.yaml").expect("a plain name is a path");
        let file = sources.add(path, Side::New, problem.text());
        let mut sink = Diagnostics::default();
        problem.report(file, &mut sink);
        let findings = sink.finish(&LevelTable::default());
        let [finding] = findings.iter().collect::<Vec<&Diagnostic>>()[..] else {
            panic!("one finding is made");
        };
        assert_eq!(finding.headline(), headline);
        let span = finding.primary().expect("the finding has a place");
        let at = sources.line_col(file, span.start);
        assert_eq!((at.line, at.column), place, "{headline}");
        assert_eq!(sources.slice(span), "\u{fffd}");
        assert!(finding.help().is_some());
    }
}

#[test]
fn a_file_of_64_megabytes_is_refused() {
    let size = 64 * 1024 * 1024;
    let problem = bytes_to_text(vec![b'a'; size]).expect_err("the file is too large");
    let limit = MAX_FILE_BYTES;
    assert_eq!(
        problem.to_string(),
        format!("the file holds {size} bytes, the limit is {limit}")
    );
    assert_eq!(problem.text(), Arc::from("\u{fffd}"));
}

#[test]
fn errors_of_the_disk_are_told_without_numbers() {
    let cases = [
        (
            io::Error::from_raw_os_error(2),
            "cannot read `a/b.yaml`: there is no such file",
        ),
        (
            io::Error::from_raw_os_error(13),
            "cannot read `a/b.yaml`: permission denied",
        ),
        (
            io::Error::from_raw_os_error(21),
            "cannot read `a/b.yaml`: it is a folder",
        ),
        (
            io::Error::new(io::ErrorKind::PermissionDenied, "a symbolic link leads out"),
            "cannot read `a/b.yaml`: a symbolic link leads out",
        ),
    ];
    for (error, headline) in cases {
        let mut sink = Diagnostics::default();
        let path = RelPath::new("a/b.yaml").expect("the path stays below the root");
        report_unreadable(&path, &error, None, &mut sink);
        let findings = sink.finish(&LevelTable::default());
        let headlines: Vec<&str> = findings.iter().map(Diagnostic::headline).collect();
        assert_eq!(headlines, [headline]);
    }
}
