# All that CI asks.
ci:
    bash .ci/run

# Take the new snapshots as right; look at `git diff` before you commit them.
bless:
    INSTA_UPDATE=always cargo test

# The published schema of `check --format json`, and the pages of the findings.
generate:
    cargo run -q -- schema > docs/schema/check.json
    LINKAGE_WRITE_DOCS=1 cargo test -q --test main docs::
    LINKAGE_WRITE_DOCS=1 cargo test -q --test main report::the_example
    LINKAGE_WRITE_DOCS=1 cargo test -q --test main pictures::the_drawing
    LINKAGE_WRITE_DOCS=1 cargo test -q --test main browser::

# The figures of docs/performance.md.
bench:
    cargo bench --bench speed

# Each fuzz target for ten minutes.
fuzz seconds="600":
    cd fuzz && for target in parse format scenario record; do cargo fuzz run $target -- -max_total_time={{seconds}} -max_len=4096 || exit 1; done
