//! `tandem`: one binary for the server, the sample product, imports, exports and upkeep.

use clap::Parser;
use std::process::ExitCode;

/// Pages are many small strings that become one large one; this allocator makes them for half the price.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = tandem::cli::Cli::parse();
    // Jobs on the embedded database run on these threads; a spare one keeps answering during an import.
    let workers = std::thread::available_parallelism().map_or(3, |n| n.get() + 1);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tandem: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(tandem::cli::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("tandem: {message}");
            ExitCode::FAILURE
        }
    }
}
