//! Lays out seeded workspaces in a folder: `cargo bench --bench lay_out -- FOLDER [COUNT]`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "not part of the program"
)]

mod generator;

use std::path::PathBuf;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let Some(folder) = words.next().map(PathBuf::from) else {
        eprintln!("say where: cargo bench --bench lay_out -- FOLDER [COUNT]");
        return;
    };
    let count: u64 = words.next().and_then(|word| word.parse().ok()).unwrap_or(40);
    for seed in 0..count {
        let spec = generator::Spec::new(generator::Shape::varied(seed), seed);
        for (name, text) in spec.files(false) {
            let path = folder.join(format!("seed-{seed:03}")).join(name);
            std::fs::create_dir_all(path.parent().expect("a file has a folder"))
                .expect("the folder can be made");
            std::fs::write(path, text).expect("the file can be written");
        }
    }
    println!("{count} workspaces in {}", folder.display());
}
