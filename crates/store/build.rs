//! Lists the migrations, so that a new one is its file and nothing else.

use std::{collections::BTreeMap, env, fmt::Write, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../migrations").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut steps: BTreeMap<u32, String> = BTreeMap::new();
    for file in fs::read_dir(&folder)? {
        let name = file?.file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".sql").filter(|name| !name.ends_with(".pg")) else { continue };
        let number = name.strip_prefix('V').and_then(|rest| rest.split_once("__")).ok_or_else(|| format!("{name} is called V12__subject.sql"))?.0;
        if let Some(other) = steps.insert(number.parse()?, name.to_owned()) {
            return Err(format!("{other} and {name} have the same number").into());
        }
    }
    let mut out = String::from("const STEPS: &[Step] = &[\n");
    for name in steps.values() {
        let plain = folder.join(format!("{name}.sql"));
        let twin = Some(folder.join(format!("{name}.pg.sql"))).filter(|twin| twin.exists()).unwrap_or_else(|| plain.clone());
        writeln!(out, "Step {{ name: {name:?}, sqlite: include_str!({plain:?}), postgres: include_str!({twin:?}) }},")?;
    }
    out += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("steps.rs"), out)?;
    Ok(())
}
