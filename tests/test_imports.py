import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "prompts": {"prompts"},
    "index": {"index", "prompts"},
    "assistant": {"assistant", "index", "prompts"},
    "eval": {"eval", "assistant", "index", "prompts"},
}
WRAPPED_IN = {
    "chromadb": ["index/store.py"],
    "langchain_chroma": ["index/store.py"],
    "langchain_core": ["index/langchain_embeddings.py", "assistant/chain.py", "assistant/reword.py"],
    "bm25s": ["index/keywords.py"],
    "Stemmer": ["index/words.py"],
    "onnxruntime": ["index/embeddings.py"],
    "sentencepiece": ["index/embeddings.py"],
    "sentence_transformers": ["index/langchain_embeddings.py"],
    "holidays": ["assistant/days.py"],
    "stdnum": ["assistant/personal.py"],
}
WEB = ("gradio", "fastapi")
HEAVY = {*WRAPPED_IN, *WEB, "uvicorn", "langchain", "numpy", "torch", "tqdm"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def is_command_line(path: Path) -> bool:
    relative = path.relative_to(ROOT)
    return relative == Path("assistant/__main__.py") or relative.parts[:2] == ("assistant", "cli")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield (top-level name that is imported, whether that happens when the module is imported)."""
    yield from _imports(ast.parse(path.read_text("utf-8")), at_import=True)


def _imports(node: ast.AST, at_import: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name.split(".")[0], at_import) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "relative imports are not used"
            yield (child.module or "").split(".")[0], at_import
        else:
            runs_later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, at_import and not runs_later and not _is_for_type_checkers(child))


def _is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_before_it(package: str) -> None:
    broken = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        if not is_command_line(path)
        for name, _ in imports(path)
        if name in MAY_IMPORT and name not in MAY_IMPORT[package]
    }
    assert not broken


def test_the_command_line_imports_other_packages_and_heavy_ones_only_when_a_command_runs() -> None:
    broken = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("assistant")
        if is_command_line(path)
        for name, at_import in imports(path)
        if at_import and name in (MAY_IMPORT.keys() - {"assistant"}) | HEAVY
    }
    assert not broken


@pytest.mark.parametrize("framework", WRAPPED_IN)
def test_a_framework_stays_behind_the_module_that_wraps_it(framework: str) -> None:
    assert importers(framework) == WRAPPED_IN[framework]


@pytest.mark.parametrize("framework", WEB)
def test_a_web_framework_stays_behind_at_most_two_modules_of_the_web_package(framework: str) -> None:
    found = importers(framework)
    assert len(found) <= 2
    assert all(path.startswith("assistant/web/") for path in found)


def importers(framework: str) -> list[str]:
    """Return the modules that import a framework, in whatever way."""
    return [
        str(path.relative_to(ROOT))
        for package in MAY_IMPORT
        for path in modules(package)
        if framework in {name for name, _ in imports(path)}
    ]
