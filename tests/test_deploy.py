"""``deploy/`` and the Dockerfile against the program: forms checked strictly, names and ports compared."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from bot.__main__ import app
from config.settings import Settings
from tests.deploy_forms import KINDS, METADATA, SERVICE, slips

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
DATA = "/data"
TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz01234"

SECRETS = {
    "TELEGRAM_TOKEN": TOKEN,
    "WEBHOOK_SECRET": "a-secret_of-the-tests",
    "INSTALLATION_SECRET": "another-secret-of-the-tests",
    "DATABASE_URL": "postgresql+asyncpg://bot:pw@postgres/bot",
}


@pytest.fixture(scope="module")
def objects() -> dict[str, dict[str, Any]]:
    """The objects of the manifest by kind; each kind is there once."""
    loaded = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))
    kinds = [found["kind"] for found in loaded]
    assert len(set(kinds)) == len(kinds)
    return {found["kind"]: found for found in loaded}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return loaded


def container_of(objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    [container] = objects["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def settings_of(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As the program reads them; a name that it does not know is a slip."""
    assert {name.lower() for name in environment} <= set(Settings.model_fields)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Settings(_env_file=None)  # type: ignore[call-arg]


def test_every_kubernetes_object_has_a_known_kind_and_only_known_fields(
    objects: dict[str, dict[str, Any]],
) -> None:
    for found in objects.values():
        form = KINDS[found["apiVersion"], found["kind"]]
        assert slips(found, {"apiVersion": str, "kind": str, "metadata": METADATA, **form}) == []
        assert re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", found["metadata"]["name"])


def test_a_slip_of_the_pen_in_a_manifest_is_found() -> None:
    assert slips({"spec": {"replica": 3}}, KINDS["apps/v1", "StatefulSet"]) == [".spec.replica: unknown"]
    found = slips({"spec": {"replicas": "3"}}, KINDS["apps/v1", "StatefulSet"])
    assert found == [".spec.replicas: wanted <class 'int'>, found '3'"]


def test_the_environment_of_the_pods_is_read_by_the_settings(
    objects: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {variable["name"]: "assembly-bot-0" for variable in container_of(objects)["env"]}
    settings = settings_of({**objects["ConfigMap"]["data"], **SECRETS, **named}, monkeypatch)
    assert settings.replica == "assembly-bot-0"
    assert settings.webhook_secret == SecretStr(SECRETS["WEBHOOK_SECRET"])


def test_the_ports_of_the_pods_are_those_that_the_bot_listens_on(
    objects: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    container = container_of(objects)
    settings = settings_of(objects["ConfigMap"]["data"], monkeypatch)
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert ports == {"webhook": settings.webhook_port, "ops": settings.ops_port}
    assert (settings.webhook_host, settings.ops_host) == ("0.0.0.0", "0.0.0.0")
    probes = {
        name: (container[name]["httpGet"]["path"], container[name]["httpGet"]["port"])
        for name in ("livenessProbe", "readinessProbe")
    }
    assert probes == {"livenessProbe": ("/healthz", "ops"), "readinessProbe": ("/readyz", "ops")}
    annotations = objects["StatefulSet"]["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(settings.ops_port)


def test_a_call_of_telegram_finds_its_way_through_ingress_and_service_to_the_bot(
    objects: dict[str, dict[str, Any]],
) -> None:
    [rule] = objects["Ingress"]["spec"]["rules"]
    [path] = rule["http"]["paths"]
    assert objects["ConfigMap"]["data"]["WEBHOOK_URL"] == f"https://{rule['host']}{path['path']}"
    assert objects["Ingress"]["spec"]["tls"][0]["hosts"] == [rule["host"]]
    service = path["backend"]["service"]
    assert service["name"] == objects["Service"]["metadata"]["name"]
    [port] = objects["Service"]["spec"]["ports"]
    assert (service["port"]["name"], port["targetPort"]) == (port["name"], "webhook")
    labels = objects["StatefulSet"]["spec"]["template"]["metadata"]["labels"]
    assert objects["Service"]["spec"]["selector"] == labels
    assert objects["StatefulSet"]["spec"]["selector"]["matchLabels"] == labels
    assert objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert objects["StatefulSet"]["spec"]["serviceName"] == service["name"]


def test_every_volume_and_reference_of_the_manifest_is_there(objects: dict[str, dict[str, Any]]) -> None:
    container = container_of(objects)
    [claim] = objects["StatefulSet"]["spec"]["volumeClaimTemplates"]
    assert container["volumeMounts"] == [{"name": claim["metadata"]["name"], "mountPath": DATA}]
    references = [next(iter(source.values()))["name"] for source in container["envFrom"]]
    assert references[0] == objects["ConfigMap"]["metadata"]["name"]


def test_the_compose_file_has_only_known_words_and_whole_references(compose: dict[str, Any]) -> None:
    assert set(compose) == {"name", "x-bot", "services", "volumes"}
    for name, service in compose["services"].items():
        assert slips(service, SERVICE, name) == []
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        mounts = [mount.split(":") for mount in service.get("volumes", [])]
        assert {source for source, _ in mounts} <= set(compose["volumes"])
    used = {mount.split(":")[0] for s in compose["services"].values() for mount in s.get("volumes", [])}
    assert used == set(compose["volumes"])
    assert "healthcheck" in compose["services"]["postgres"]  # waited for as service_healthy


def test_the_environment_of_the_compose_services_is_read_by_the_settings(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {**SECRETS, "WEBHOOK_URL": "https://bot.example.kz/telegram", "POSTGRES_PASSWORD": "pw"}
    replicas = []
    for name in ("bot-1", "bot-2"):
        service = compose["services"][name]
        environment = {n: interpolated(str(v), values) for n, v in service["environment"].items()}
        settings = settings_of(environment, monkeypatch)
        replicas.append(settings.replica)
        assert settings.webhook_host == "0.0.0.0"
        assert f"{name}:{settings.webhook_port}" in compose["services"]["balancer"]["command"]
        assert settings.database_url is not None
        assert settings.database_url.get_secret_value() == "postgresql+asyncpg://bot:pw@postgres/bot"
    assert replicas == ["bot-1", "bot-2"]


def test_the_milvus_file_goes_beside_the_compose_file_and_its_index_is_read_by_the_settings(
    compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.milvus.yaml").read_text("utf-8"))
    assert set(beside) == {"x-index", "x-built", "services", "volumes"}
    names = set(compose["services"]) | set(beside["services"])
    for name, service in beside["services"].items():
        assert slips(service, SERVICE, name) == []
        assert set(service.get("depends_on", {})) <= names
        assert {mount.split(":")[0] for mount in service.get("volumes", [])} <= set(beside["volumes"])
    for name in ("bot-1", "bot-2"):
        settings = settings_of(beside["services"][name]["environment"], monkeypatch)
        host = settings.index_url.removeprefix("http://").partition(":")[0]
        assert host in beside["services"]
        assert "healthcheck" in beside["services"][host]
        assert beside["services"][name]["build"]["args"]["EXTRAS"].strip("[]") in _extras()


def _extras() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return set(project["optional-dependencies"])


def interpolated(value: str, values: dict[str, str]) -> str:
    """``${NAME}``, ``${NAME:-default}``, ``${NAME:?complaint}``, as Compose has them."""

    def put_in(found: re.Match[str]) -> str:
        name, sign, rest = found[1], found[2], found[3]
        if values.get(name):
            return values[name]
        assert sign == ":-", f"{name} has to be set"
        return rest

    return re.sub(r"\$\{([A-Z_]+)(?:(:[-?])([^}]*))?\}", put_in, value)


def test_what_the_containers_run_are_commands_of_the_bot(
    objects: dict[str, dict[str, Any]], compose: dict[str, Any]
) -> None:
    commands = {
        command.name or (command.callback and command.callback.__name__)
        for command in app.registered_commands
    }
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    [health] = re.findall(r'^HEALTHCHECK .*CMD \["python", "-m", "bot", "(\w+)"\]$', dockerfile, re.MULTILINE)
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "assembly-bot.service")
    started = unit["Service"]["ExecStart"].split(" -m bot ")[1]
    assert {health, started} <= commands
    for arguments in (container_of(objects)["args"], compose["services"]["bot-1"]["command"]):
        assert arguments == ["run", "--webhook"]
    assert f"VOLUME {DATA}" in dockerfile
    assert f"DATA_DIR={DATA}" in dockerfile


def test_the_operators_manual_names_every_figure_that_there_is() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")
    source = (ROOT / "bot" / "operations" / "metrics.py").read_text("utf-8")
    figures = re.findall(r"\"(assembly_[a-z_]+)\"", source)
    assert len(figures) >= 9
    assert [figure for figure in figures if figure not in manual] == []
