//! The program: an exit status, and nothing else.

/// Regions and cases are many small pieces of memory: taking and giving back was a fifth of what a command costs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    linkage::cli::main()
}
