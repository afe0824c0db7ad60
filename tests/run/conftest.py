from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder with some inputs: 53 records."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(3):
        (folder / f"note{n}.txt").write_text(f"The ferry left at {n} , they said .\n\nNobody was on board.")
    rows = [{"id": f"row{n}", "text": f"The harbour board met , item {n} ."} for n in range(50)]
    (folder / "feed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server on loopback that speaks S3; processes that are started meanwhile find it too."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", address)
        environment.setenv("AWS_ACCESS_KEY_ID", "testing")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield address
    server.stop()


@pytest.fixture
def bucket(s3_server: str) -> str:
    """The address of an empty bucket."""
    import boto3

    name = f"bucket-{uuid.uuid4().hex}"
    boto3.client("s3", endpoint_url=s3_server).create_bucket(Bucket=name)
    return f"s3://{name}"
