"""Elements of SVG as markup, every text and attribute escaped.

No `style` attributes: the pages' Content-Security-Policy refuses them, and
colours belong to the style sheet, which knows light from dark.
"""

from __future__ import annotations

from markupsafe import Markup, escape

Content = str | Markup
"""Text, which is escaped, or markup, which is not."""

Attribute = str | float | None
"""The value of an attribute; None leaves the attribute out."""


def element(name: str, *content: Content, **attributes: Attribute) -> Markup:
    """Return the element `name`.

    In the name of an attribute `_` stands for `-`, at its end for nothing (`class_`).
    """
    # By plain strings, every one of them escaped: a page may have thousands of elements.
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(map(str, map(escape, content)))
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704


def drawing(
    kind: str, width: float, height: float, *content: Content, title: str, tag: str | None = None
) -> Markup:
    """Return a whole drawing called `title`, of the class `kind`; it fits the width it is given."""
    return element(
        "svg",
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"drawing {kind}",
        viewBox=f"0 0 {_text(width)} {_text(height)}",
        role="group",
        aria_label=title,
        lang=tag,
    )


def linked(href: str | None, label: str, *content: Content, class_: str | None = None) -> Markup:
    """Return `content` as a link whose name is `label`; without an address, with it as a title."""
    title = element("title", label)
    if href is None:
        return element("g", title, *content, class_=class_)
    return element("a", title, *content, href=href, aria_label=label, class_=class_)


def _text(value: str | float | None) -> str:
    return f"{value:.5g}" if isinstance(value, float) else str(value)
