//! The program: an exit status, and nothing else.

fn main() -> std::process::ExitCode {
    linkage::cli::main()
}
