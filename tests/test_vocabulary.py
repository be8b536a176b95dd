"""The vocabulary in exercise_specs/README.md is the one that the code knows."""

from formcheck import vocabulary
from formcheck.documents import specs_dir


def test_the_readme_of_the_specs_holds_the_vocabulary_of_today() -> None:
    readme = (specs_dir() / "README.md").read_text(encoding="utf-8")
    found = readme.split(vocabulary.BEGIN)[1].split(vocabulary.END)[0]
    assert found.strip() == vocabulary.markdown().strip(), "run: python -m formcheck.vocabulary"
