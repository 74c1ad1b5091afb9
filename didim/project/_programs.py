"""The shader programs, read from `shaders/` and built on first use."""

from __future__ import annotations

from importlib.resources import files

import moderngl

_SHADERS = files("didim.project") / "shaders"


class Programs:
    """One small program for each shape: far faster than one for all where the processor draws."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._built: dict[tuple[str, str], moderngl.VertexArray] = {}
        self._shared: dict[str, float | tuple[float, ...]] = {}

    def share(self, **uniforms: float | tuple[float, ...]) -> None:
        """Set uniforms of every program that has them, now and when it is built."""
        self._shared.update(uniforms)
        for vertices in self._built.values():
            self._tell(vertices.program, uniforms)

    def get(self, vertex: str, fragment: str) -> moderngl.VertexArray:
        """The program of `<vertex>.vert` and `<fragment>.frag`, with four corners and no attributes."""
        key = (vertex, fragment)
        if key not in self._built:
            program = self._context.program(
                vertex_shader=_source(f"{vertex}.vert"), fragment_shader=_source(f"{fragment}.frag")
            )
            self._tell(program, self._shared)
            self._built[key] = self._context.vertex_array(program, [])
        return self._built[key]

    def draw(
        self, vertex: str, fragment: str, *, instances: int = 1, **uniforms: float | tuple[float, ...]
    ) -> None:
        """Draw `instances` quads with the program, its uniforms set first."""
        vertices = self.get(vertex, fragment)
        self._tell(vertices.program, uniforms)
        vertices.render(moderngl.TRIANGLE_STRIP, vertices=4, instances=instances)

    def release(self) -> None:
        for vertices in self._built.values():
            vertices.program.release()
            vertices.release()
        self._built.clear()

    @staticmethod
    def _tell(program: moderngl.Program, uniforms: dict[str, float | tuple[float, ...]]) -> None:
        for name, value in uniforms.items():
            if name in program:
                program[name] = value


def _source(name: str) -> str:
    """A shader's text; `#include FILE` puts in another, and all begin with `common.glsl`."""
    lines = ["#include common.glsl", *(_SHADERS / name).read_text("utf-8").splitlines()]
    parts = [(_SHADERS / a.split()[1]).read_text("utf-8") if a.startswith("#include ") else a for a in lines]
    return "#version 330 core\n" + "\n".join(parts)
