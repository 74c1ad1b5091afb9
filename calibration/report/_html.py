"""The page as HTML, whole in one file."""

from __future__ import annotations

import base64
import io
from html import escape

from PIL import Image

from calibration.devices import Bytes
from calibration.report._page import Page
from calibration.words import Language

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f3f4f5; color: #21272e;
  font: 15px/1.5 "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", NanumGothic, system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 2.2rem 2.6rem; background: #fff; border-radius: 10px; }
h1 { margin: 0; font-size: 1.7rem; } h2 { margin: 0 0 .7rem; font-size: 1rem; }
.quiet { color: #707882; } .quiet p { margin: .2rem 0; font-size: .85rem; }
.lead { display: flex; gap: 2.5rem; flex-wrap: wrap; margin: 1.4rem 0; padding-bottom: 1.2rem;
  border-bottom: 1px solid #e2e5e9; }
.lead b { display: block; font-size: 1.7rem; color: #0d746d; }
.two { display: grid; grid-template-columns: 5fr 3fr; gap: 2rem; } .even { grid-template-columns: 1fr 1fr; }
section { margin: 1.6rem 0; } img { width: 100%; display: block; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
td { padding: .35rem 0; border-bottom: 1px solid #eef0f2; color: #707882; }
td + td { text-align: right; color: #21272e; font-weight: 600; white-space: nowrap; padding-left: 1rem; }
li { margin: .3rem 0; }
@media (max-width: 44rem) { .two, .even { grid-template-columns: 1fr; } main { padding: 1.2rem; } }
"""


def html_of(page: Page, language: Language) -> str:
    """One document without any other file."""
    lead = "".join(f"<div><span class=quiet>{escape(w)}</span><b>{escape(v)}</b></div>" for w, v in page.lead)
    rows = "".join(f"<tr><td>{escape(what)}</td><td>{escape(value)}</td></tr>" for what, value in page.rows)
    limits = "".join(f"<li>{escape(each)}</li>" for each in page.limits)
    notes = "".join(f"<p>{escape(each)}</p>" for each in page.notes)
    heads = {key: f"<h2>{escape(text)}</h2>" for key, text in page.heads.items()}
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{escape(page.title)}</title>
<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>
<h1>{escape(page.title)}</h1><div class=quiet>{escape(page.subtitle)}</div>
<div class=lead>{lead}</div>
<section class=two><div>{heads["error"]}{_img(page.error, page.heads["error"])}
<div class=quiet>{notes}</div></div>
<div>{heads["figures"]}<table>{rows}</table></div></section>
<section class="two even"><div>{heads["camera"]}{_img(page.camera, page.heads["camera"])}</div>
<div>{heads["projector"]}{_img(page.projector, page.heads["projector"])}</div></section>
<section>{heads["limits"]}<ul>{limits}</ul></section>
</main></body></html>
"""


def _img(rgb: Bytes, what: str) -> str:
    coded = io.BytesIO()
    Image.fromarray(rgb).save(coded, "WEBP", quality=90)
    data = base64.b64encode(coded.getvalue()).decode()
    return f'<img alt="{escape(what)}" src="data:image/webp;base64,{data}">'
