"""The kernel's web socket sends at once, and is otherwise Jupyter Server's own."""

from __future__ import annotations

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from course_utils.kernel_socket import PromptConnection


class _Handler:
    def __init__(self, calls: list[object]) -> None:
        self.calls = calls

    def set_nodelay(self, value: bool) -> None:
        self.calls.append(("set_nodelay", value))


def test_no_delay_is_set_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection, "connect", lambda self: calls.append("connect")
    )
    connection = PromptConnection.__new__(PromptConnection)
    monkeypatch.setattr(PromptConnection, "websocket_handler", _Handler(calls), raising=False)
    connection.connect()
    assert calls == [("set_nodelay", True), "connect"]
