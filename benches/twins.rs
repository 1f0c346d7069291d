//! The peers of the emitted module: the same policy with the Rust SDK, and in C.
//!
//! The Rust twin, `benches/twin/`, is built by the installed compiler when that has a target of
//! wasm32, else by Debian's, which is too old for our cargo: what cargo knows of the crates is
//! asked, and `rustc` is called for one after the other.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cherry_testkit::provision;
use serde_json::Value;

/// Where a twin keeps its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    PerWorker,
    SharedData,
}

impl State {
    pub(super) fn told(self) -> &'static str {
        match self {
            State::PerWorker => "per-worker state",
            State::SharedData => "shared data",
        }
    }
}

/// A compiler that makes wasm32 out of Rust, and its name.
pub(super) enum RustCompiler {
    /// cargo and the `rustc` that it finds, for this target.
    Installed { version: String, target: String },
    /// Debian's, unpacked in this folder.
    Debian { version: String, folder: PathBuf },
}

impl RustCompiler {
    /// The installed one if it can, else Debian's.
    ///
    /// # Errors
    /// With the reason, when there is neither.
    pub(super) fn find() -> io::Result<Self> {
        for target in ["wasm32-wasip1", "wasm32-unknown-unknown"] {
            let mut rustc = Command::new("rustc");
            rustc.args(["--print", "target-libdir", "--target", target]);
            let Ok(folder) = told(&mut rustc) else {
                continue;
            };
            if Path::new(&folder).is_dir() {
                let version = told(Command::new("rustc").arg("--version"))?;
                let target = target.to_owned();
                return Ok(RustCompiler::Installed { version, target });
            }
        }
        let folder = provision::tool("wasm-rustc").map_err(|skip| {
            io::Error::other(format!(
                "the installed rustc has no wasm32, and Debian's cannot be had: {skip}"
            ))
        })?;
        let version = told(debian_rustc(&folder).arg("--version"))?;
        Ok(RustCompiler::Debian { version, folder })
    }

    pub(super) fn version(&self) -> &str {
        match self {
            RustCompiler::Installed { version, .. } | RustCompiler::Debian { version, .. } => {
                version
            }
        }
    }

    /// Builds the twin with the Rust SDK below `dir`; returns the module's place.
    ///
    /// # Errors
    /// When a crate cannot be had or built; the message quotes the compiler.
    pub(super) fn build(&self, dir: &Path, state: State) -> io::Result<PathBuf> {
        let features: &[&str] = match state {
            State::PerWorker => &[],
            State::SharedData => &["shared"],
        };
        let dir = dir.join(format!("rust-{}", features.concat()));
        fs::create_dir_all(&dir)?;
        match self {
            RustCompiler::Installed { target, .. } => {
                let mut cargo = Command::new("cargo");
                cargo.args(["build", "--release", "--locked", "--target", target]);
                cargo.arg("--manifest-path").arg(manifest());
                cargo.arg("--target-dir").arg(&dir);
                cargo.arg("--features").arg(features.join(","));
                told(&mut cargo)?;
                Ok(dir.join(target).join("release/twin.wasm"))
            }
            RustCompiler::Debian { folder, .. } => build_by_hand(folder, &dir, features),
        }
    }
}

/// Builds the twin in C; `per_minute` is its limit.
///
/// # Errors
/// When clang is absent or cannot build for wasm32.
pub(super) fn build_c(dir: &Path, state: State, per_minute: u64) -> io::Result<PathBuf> {
    let out = dir.join(format!(
        "c-{}-{per_minute}.wasm",
        state.told().replace(' ', "-")
    ));
    let mut clang = Command::new("clang");
    clang.args(["--target=wasm32", "-O2", "-nostdlib", "-fno-builtin"]);
    clang.args(["-Wl,--no-entry", "-Wl,--allow-undefined", "-o"]);
    clang.arg(&out).arg(format!("-DPER_MINUTE={per_minute}ull"));
    if state == State::SharedData {
        clang.arg("-DSHARED");
    }
    clang.arg(source().join("policy.c"));
    told(&mut clang)?;
    Ok(out)
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/twin")
}

fn manifest() -> PathBuf {
    source().join("Cargo.toml")
}

/// What a command says on stdout, without the end of the line.
fn told(command: &mut Command) -> io::Result<String> {
    let name = Path::new(command.get_program());
    let name = name.file_name().unwrap_or(name.as_os_str());
    let name = name.to_string_lossy().into_owned();
    let done = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| io::Error::other(format!("`{name}` does not start: {error}")))?;
    if !done.status.success() {
        let stderr = String::from_utf8_lossy(&done.stderr);
        let line = stderr.lines().find(|line| line.contains("error"));
        let line = line.or(stderr.lines().last()).unwrap_or("no reason");
        return Err(io::Error::other(format!("`{name}` failed: {line}")));
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
}

// === With Debian's rustc ===

fn debian_rustc(folder: &Path) -> Command {
    let mut rustc = Command::new(folder.join("bin/rustc"));
    rustc.env("LD_LIBRARY_PATH", folder.join("lib/x86_64-linux-gnu"));
    rustc
}

/// Compiles the twin and its dependencies in order. Build scripts are not run: those of the locked
/// versions say nothing about wasm32.
fn build_by_hand(compiler: &Path, dir: &Path, features: &[&str]) -> io::Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--format-version", "1", "--locked"]);
    cargo.args(["--filter-platform", "wasm32-unknown-unknown"]);
    cargo.arg("--manifest-path").arg(manifest());
    let metadata: Value = serde_json::from_str(&told(&mut cargo)?)?;
    let mut build = Build {
        compiler,
        dir,
        features,
        metadata: &metadata,
        built: BTreeMap::new(),
    };
    let root = text(&metadata["resolve"]["root"])?;
    build.package(root)
}

struct Build<'a> {
    compiler: &'a Path,
    dir: &'a Path,
    features: &'a [&'a str],
    metadata: &'a Value,
    /// What was made of each package so far, by its id.
    built: BTreeMap<&'a str, PathBuf>,
}

impl<'a> Build<'a> {
    /// Compiles a package, after those that it needs.
    fn package(&mut self, id: &'a str) -> io::Result<PathBuf> {
        if let Some(done) = self.built.get(id) {
            return Ok(done.clone());
        }
        let metadata = self.metadata;
        let package = by_id(&metadata["packages"], id)?;
        let node = by_id(&metadata["resolve"]["nodes"], id)?;
        let target = list(&package["targets"])?
            .iter()
            .find(|target| is_library(target))
            .ok_or_else(|| io::Error::other(format!("{id} has no library")))?;
        let name = text(&target["name"])?.replace('-', "_");
        let is_root = metadata["resolve"]["root"] == id;

        let mut rustc = debian_rustc(self.compiler);
        for dependency in list(&node["deps"])? {
            // A kind of null is an ordinary dependency; others are for tests and build scripts.
            if list(&dependency["dep_kinds"])?
                .iter()
                .all(|kind| !kind["kind"].is_null())
            {
                continue;
            }
            let mut named = OsString::from(format!("{}=", text(&dependency["name"])?));
            named.push(self.package(text(&dependency["pkg"])?)?);
            rustc.arg("--extern").arg(named);
        }
        let active = list(&node["features"])?.iter().map(text);
        let asked = self
            .features
            .iter()
            .filter(|_| is_root)
            .map(|name| Ok(*name));
        for feature in active.chain(asked) {
            rustc.args(["--cfg", &format!("feature=\"{}\"", feature?)]);
        }
        rustc
            .arg(text(&target["src_path"])?)
            .args(["--target", "wasm32-wasi", "--crate-name", &name])
            .args(["--edition", text(&target["edition"])?])
            .env("CARGO_PKG_VERSION", text(&package["version"])?)
            // What `[profile.release]` of the twin says.
            .args(["-Copt-level=3", "-Cpanic=abort", "-Ccodegen-units=1"])
            .arg("-L")
            .arg(format!("dependency={}", self.dir.display()));
        let out = if is_root {
            let linker = self.compiler.join("lib/llvm-14/bin/lld");
            rustc
                .args(["--crate-type", "cdylib", "-Clto=fat", "-Cstrip=symbols"])
                .arg("-Clinker-flavor=wasm-ld")
                .arg(format!("-Clinker={}", linker.display()));
            self.dir.join("twin.wasm")
        } else {
            rustc.args(["--crate-type", "rlib", "--cap-lints", "allow"]);
            self.dir.join(format!("lib{name}.rlib"))
        };
        rustc.arg("-o").arg(&out);
        told(&mut rustc)?;
        self.built.insert(id, out.clone());
        Ok(out)
    }
}

fn is_library(target: &Value) -> bool {
    target["kind"]
        .as_array()
        .is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib" || kind == "cdylib"))
}

fn by_id<'a>(values: &'a Value, id: &str) -> io::Result<&'a Value> {
    list(values)?
        .iter()
        .find(|value| value["id"] == id)
        .ok_or_else(|| io::Error::other(format!("cargo does not know {id}")))
}

fn list(value: &Value) -> io::Result<&Vec<Value>> {
    value
        .as_array()
        .ok_or_else(|| io::Error::other("cargo's metadata has another shape"))
}

fn text(value: &Value) -> io::Result<&str> {
    value
        .as_str()
        .ok_or_else(|| io::Error::other("cargo's metadata has another shape"))
}
