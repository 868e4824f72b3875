//! The program `phase`.

fn main() -> std::process::ExitCode {
    phase::cli::main()
}
