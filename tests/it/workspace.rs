//! Folders that tests work in: example schools, small schools, and their files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// An example school where it lies: to be read, never written to.
pub fn example_folder(name: &str) -> PathBuf {
    root().join("examples").join(name)
}

/// Copies a folder, and all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A copy of the example school and of its year before, side by side, to be changed.
pub fn example_copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["two-form-primary", "two-form-primary-2025-26"] {
        copy(&example_folder(name), &folder.path().join(name));
    }
    folder
}

/// A phase of two year groups and four classes; with files added, or put in the place of its own.
pub fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let base = [
        (
            "phase.toml",
            "[school]\nname = \"Base\"\n[[phase]]\nid = \"ks1\"\nname = \"Key Stage 1\"\nleader = \"hale\"\nyear_groups = [\"1\", \"2\"]\nsessions = [\"Thu pm1\"]\n",
        ),
        (
            "subjects.csv",
            "name,id,leader\nEnglish,english,ashdown\nMaths,maths,okafor\nScience,science,okafor\n",
        ),
        ("staff.csv", "name,id\nMorgan Hale,hale\nJo Okafor,okafor\nTom Ashdown,ashdown\n"),
        ("classes.csv", "id,year_group\n1A,1\n1B,1\n2A,2\n2B,2\n"),
    ];
    for (name, text) in base.iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// `n` pupils of Year 2, and of each measure point so many at the standard in maths.
pub fn year_2(n: usize, points: &[(&str, usize)]) -> (String, String) {
    let mut pupils = "pupil,class,year_group\n".to_owned();
    let mut results = "pupil,subject,point,result,scale\n".to_owned();
    for number in 0..n {
        pupils.push_str(&format!("P{number},2A,2\n"));
        for (point, met) in points {
            let code = if number < *met { "EXS" } else { "WTS" };
            results.push_str(&format!("P{number},maths,{point},{code},ladder\n"));
        }
    }
    (pupils, results)
}

/// Every file of a folder, but for locks.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = all_files(folder);
    files.retain(|name, _| !name.ends_with(".phase-lock") && !name.ends_with(".phase-undo"));
    files
}

/// Every file of a folder by its name, with `/` between folders, and what is in it.
pub fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}
