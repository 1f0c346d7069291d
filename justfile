# Everything here is a short name for a command that works without `just`.

# list the recipes
default:
    @{{ just_executable() }} --list --unsorted

# everything that is checked before a change is taken
ready:
    .ci/run

# the tests, or those whose name holds WORDS
test *WORDS:
    cargo test --workspace {{ WORDS }}

# rewrite every expectation; read the difference as carefully as code
bless:
    BLESS=1 cargo test --workspace
    git diff --stat -- fixtures snapshots docs schemas

# lay out a rule's page, and say what to declare: `just new-rule link endpoint_overlap`
new-rule ROOM NAME:
    #!/usr/bin/env bash
    set -euo pipefail
    room='{{ ROOM }}'; name='{{ NAME }}'; name="${name//-/_}"
    [[ "$name" =~ ^[a-z][a-z0-9_]*$ ]] || { echo "a rule is named like endpoint_overlap" >&2; exit 1; }
    [ -d "src/$room" ] || { echo "there is no src/$room" >&2; exit 1; }
    page="src/$room/rules/$name.md"
    [ ! -e "$page" ] || { echo "$page is there already" >&2; exit 1; }
    mkdir -p "src/$room/rules"
    printf '# %s\n\n## What it means\n\n## Why it hurts\n\n## Breaks\n\n## Stays valid\n\n## Waive it\n' "${name//_/-}" > "$page"
    echo "made $page: fill its parts; its examples are the test"
    echo "declare it in src/$room/rules.rs, and name it in RULES there:"
    echo
    echo "    /// One sentence, which the list of rules shows."
    echo "    #[page = \"rules/$name.md\"]"
    echo "    pub(crate) static $(tr a-z A-Z <<< "$name") = { category: Link, level: Error, since: \"$(cargo pkgid -p cherryc | sed -E "s/.*[#@]//; s/\.[0-9]+$//")\" };"

# lay out an emitter's folder, and say where its line goes: `just new-emitter envoy`
new-emitter NAME:
    #!/usr/bin/env bash
    set -euo pipefail
    name='{{ NAME }}'
    [[ "$name" =~ ^[a-z][a-z0-9_]*$ ]] || { echo "an emitter is named like client_rust" >&2; exit 1; }
    [ ! -e "src/emit/$name" ] || { echo "src/emit/$name is there already" >&2; exit 1; }
    mkdir -p "src/emit/$name"
    printf '//! The `%s` emitter: what it writes, for whom, and what it leaves to others.\n' "$name" > "src/emit/$name/mod.rs"
    echo "made src/emit/$name/mod.rs: a unit struct that implements Emitter, a pure function of its EmitCx"
    echo "then: \`mod $name;\` and one line in EMITTERS, both in src/emit/mod.rs"
    echo "and:  templates/$name/ if it prints text, and BLESS=1 for its snapshots"

# the targets of speed and size, as one table
bench *WORDS:
    cargo bench --workspace {{ WORDS }}

# the documentation of the crates, private items included
docs:
    cargo doc --no-deps --workspace --document-private-items
