//! The sources as a house: files, their functions, and whom they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A path of names from the crate's root, such as `school`, `id`, `Id`.
pub type Names = Vec<String>;

/// A source file.
pub struct File {
    /// Its path within `src`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its module.
    pub module: Names,
    /// Its functions, without its tests.
    pub functions: Vec<Function>,
    /// The names of its types, without its tests.
    pub types: Vec<String>,
    /// What it gives to others without a word of what it is.
    pub undocumented: Vec<String>,
    paths: Paths,
    handed_on: Vec<(Names, String)>,
}

/// Every source file, and where each re-exported name comes from.
pub struct House {
    /// The files, by path.
    pub files: Vec<File>,
    modules: BTreeSet<Names>,
    exports: BTreeMap<Names, Names>,
}

/// The house, read once for all tests.
pub static HOUSE: LazyLock<House> = LazyLock::new(House::read);

/// A function: where it is, how many lines it has, and how many parameters besides `self`.
pub struct Function {
    pub name: String,
    pub lines: usize,
    pub parameters: usize,
}

/// The files with an ending in a folder and below, sorted.
pub fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The folder of the sources.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

impl House {
    fn read() -> Self {
        let files: Vec<File> = files_in(&root(), "rs").into_iter().map(|path| File::read(&path)).collect();
        let modules = files.iter().map(|file| file.module.clone()).collect();
        let mut house = Self { files, modules, exports: BTreeMap::new() };
        house.exports = house.files.iter().flat_map(|file| house.exports_of(file)).collect();
        house
    }

    fn exports_of(&self, file: &File) -> Vec<(Names, Names)> {
        let from = |(path, name): &(Names, String)| {
            let from = self.absolute(path, &file.module)?;
            Some(([file.module.clone(), vec![name.clone()]].concat(), from))
        };
        file.handed_on.iter().filter_map(from).collect()
    }

    /// A path from the crate's root; none where it leads out of the crate.
    fn absolute(&self, path: &[String], module: &Names) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module.clone(), rest.to_vec()].concat()),
            "super" => {
                let parent = module[..module.len().checked_sub(1)?].to_vec();
                match rest.first().map(String::as_str) {
                    Some("super") => self.absolute(rest, &parent),
                    _ => Some([parent, rest.to_vec()].concat()),
                }
            }
            _ => {
                let child = [module.clone(), vec![first.clone()]].concat();
                self.modules.contains(&child).then(|| [module.clone(), path.to_vec()].concat())
            }
        }
    }

    /// The module that a path's last name is written in, re-exports followed.
    fn owner(&self, path: &[String], depth: usize) -> Option<Names> {
        for length in 1..=path.len() {
            let (head, rest) = path.split_at(length);
            if let Some(from) = self.exports.get(head).filter(|_| depth < 5 && !self.modules.contains(head)) {
                return self.owner(&[from.clone(), rest.to_vec()].concat(), depth + 1);
            }
        }
        (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|head| self.modules.contains(head))
    }

    /// The modules of the files that a file names something of.
    pub fn named_by(&self, file: &File) -> BTreeSet<Names> {
        let mut known: BTreeMap<String, Names> = BTreeMap::new();
        for child in self
            .modules
            .iter()
            .filter(|module| module.len() == file.module.len() + 1 && module.starts_with(&file.module))
        {
            known.insert(child.last().unwrap().clone(), child.clone());
        }
        let mut named = BTreeSet::new();
        for (path, name) in &file.paths.used {
            match self.absolute(path, &file.module) {
                // A module counts where something of it is named.
                Some(whole) if self.modules.contains(&whole) => drop(known.insert(name.clone(), whole)),
                Some(whole) => named.extend(self.owner(&whole, 0)),
                None => {}
            }
        }
        for path in &file.paths.inline {
            let whole = match known.get(&path[0]) {
                Some(module) => Some([module.clone(), path[1..].to_vec()].concat()),
                None => self.absolute(path, &file.module),
            };
            named.extend(whole.and_then(|whole| self.owner(&whole, 0)));
        }
        named.remove(&file.module);
        named.remove(&Vec::new());
        named
    }
}

impl File {
    fn read(path: &Path) -> Self {
        let within = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let mut module: Names = within.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if ["mod", "lib", "main"].contains(&module.last().unwrap().as_str()) {
            module.pop();
        }
        let syntax = syn::parse_file(&text).unwrap_or_else(|error| panic!("{within}: {error}"));
        let (mut paths, mut functions) = (Paths::default(), Functions::default());
        paths.visit_file(&syntax);
        functions.visit_file(&syntax);
        Self {
            path: within,
            text,
            module,
            functions: functions.found,
            types: syntax.items.iter().flat_map(type_names).collect(),
            undocumented: functions.undocumented,
            paths,
            handed_on: syntax.items.iter().flat_map(handed_on).collect(),
        }
    }
}

/// The types of an item: its own, or the enums of fixed words.
fn type_names(item: &syn::Item) -> Vec<String> {
    match item {
        syn::Item::Struct(item) => vec![item.ident.to_string()],
        syn::Item::Enum(item) => vec![item.ident.to_string()],
        syn::Item::Type(item) => vec![item.ident.to_string()],
        syn::Item::Trait(item) => vec![item.ident.to_string()],
        syn::Item::Macro(item) => {
            let tokens: Vec<String> =
                item.mac.tokens.clone().into_iter().map(|token| token.to_string()).collect();
            tokens.windows(2).filter(|pair| pair[0] == "enum").map(|pair| pair[1].clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// What a re-export hands on, and under which name.
fn handed_on(item: &syn::Item) -> Vec<(Names, String)> {
    match item {
        syn::Item::Use(item) if !matches!(item.vis, syn::Visibility::Inherited) => leaves(&item.tree),
        _ => Vec::new(),
    }
}

/// The paths of a `use`, each with the name that it is known by.
fn leaves(tree: &syn::UseTree) -> Vec<(Names, String)> {
    let after = |name: String, tree: &syn::UseTree| {
        let leaves = leaves(tree).into_iter();
        let with = leaves.map(|(path, known)| ([vec![name.clone()], path].concat(), known));
        with.map(|(path, known)| if known == "self" { (path, name.clone()) } else { (path, known) }).collect()
    };
    match tree {
        syn::UseTree::Path(path) => after(path.ident.to_string(), &path.tree),
        syn::UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
        syn::UseTree::Name(name) if name.ident == "self" => vec![(Vec::new(), "self".to_owned())],
        syn::UseTree::Name(name) => vec![(vec![name.ident.to_string()], name.ident.to_string())],
        syn::UseTree::Rename(name) => vec![(vec![name.ident.to_string()], name.rename.to_string())],
        syn::UseTree::Glob(_) => Vec::new(),
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
    })
}

/// The paths that a file names: in `use`, and in its code.
#[derive(Default)]
struct Paths {
    used: Vec<(Names, String)>,
    inline: Vec<Names>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        // What is handed on is named by whoever takes it.
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.used.extend(leaves(&item.tree));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            self.inline.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, made: &'ast syn::Macro) {
        self.read_tokens(made.tokens.clone());
        visit::visit_macro(self, made);
    }
}

impl Paths {
    /// Reads the paths in a macro's words.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Names = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) if colons == 2 || path.is_empty() => path.push(name.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                other => {
                    self.end(&mut path);
                    match other {
                        TokenTree::Ident(name) => path.push(name.to_string()),
                        TokenTree::Group(group) => self.read_tokens(group.stream()),
                        _ => {}
                    }
                }
            }
            colons = 0;
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Names) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.inline.push(path);
        }
    }
}

#[derive(Default)]
struct Functions {
    found: Vec<Function>,
    undocumented: Vec<String>,
}

impl Functions {
    fn add(&mut self, signature: &syn::Signature, end: usize) {
        let own = signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_)));
        self.found.push(Function {
            name: signature.ident.to_string(),
            lines: end + 1 - signature.span().start().line,
            parameters: own.count(),
        });
    }

    fn ask(&mut self, visibility: &syn::Visibility, attributes: &[syn::Attribute], name: &syn::Ident) {
        let is_given = matches!(visibility, syn::Visibility::Public(_));
        if is_given && !attributes.iter().any(|attribute| attribute.path().is_ident("doc")) {
            self.undocumented.push(name.to_string());
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Struct(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            syn::Item::Enum(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            syn::Item::Type(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            syn::Item::Trait(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            syn::Item::Const(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            syn::Item::Static(item) => self.ask(&item.vis, &item.attrs, &item.ident),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.ask(&function.vis, &function.attrs, &function.sig.ident);
        self.add(&function.sig, function.block.span().end().line);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.ask(&item.vis, &item.attrs, &item.ident);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.ask(&function.vis, &function.attrs, &function.sig.ident);
        self.add(&function.sig, function.block.span().end().line);
        visit::visit_impl_item_fn(self, function);
    }
}
