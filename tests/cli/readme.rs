//! README's session, run on `corpus/` as it says.

use super::console;

#[test]
fn readme_tells_the_truth() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    console::copy(&console::package("corpus"), &folder.path().join("corpus"));
    console::check(&console::package("README.md"), folder.path());
}
