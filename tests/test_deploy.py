"""What `deploy/` says is valid, and agrees with the dashboard and with itself."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from dockerfile_parse import DockerfileParser
from starlette.applications import Starlette
from starlette.testclient import TestClient

import atlas as package
from atlas import server, settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
PORT = 8501

Document = dict[str, Any]


def documents() -> Iterator[Document]:
    for path in KUBERNETES:
        if path.name != "kustomization.yaml":
            yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def named(kind: str, name: str = "atlas") -> Document:
    """The only manifest of a kind and name."""
    (found,) = (
        one for one in documents() if (one["kind"], one["metadata"]["name"]) == (kind, name)
    )
    return found


def pod() -> Document:
    template: Document = named("Deployment")["spec"]["template"]
    return template


def container() -> Document:
    (found,) = pod()["spec"]["containers"]
    return dict(found)


def deployed(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def compose() -> Document:
    """The services of compose, by name."""
    return dict(yaml.safe_load(deployed("compose.yaml"))["services"])


def project() -> Document:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


# Kubernetes


@pytest.mark.parametrize(
    "manifest", list(documents()), ids=lambda one: f"{one['kind']} {one['metadata']['name']}"
)
# The oldest version that is maintained by the larger hosts, and the newest there is.
@pytest.mark.parametrize("version", ["1.30", kubernetes_validate.latest_version()])
def test_a_manifest_follows_the_official_schema(manifest: Document, version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_the_schema_would_notice_a_misspelt_field() -> None:
    manifest = named("Deployment")
    manifest["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_every_manifest_is_applied() -> None:
    kustomization = yaml.safe_load(deployed("kubernetes/kustomization.yaml"))
    assert set(kustomization["resources"]) | {"kustomization.yaml"} == {
        path.name for path in KUBERNETES
    }


def test_service_budget_and_autoscaler_mean_the_pods_of_the_deployment() -> None:
    labels = pod()["metadata"]["labels"]
    assert named("Deployment")["spec"]["selector"]["matchLabels"] == labels
    assert named("Service")["spec"]["selector"] == labels
    assert named("PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    target = named("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "atlas")
    (spread,) = pod()["spec"]["topologySpreadConstraints"]
    assert spread["labelSelector"]["matchLabels"] == labels


def test_the_ingress_leads_to_ports_that_services_have() -> None:
    services = {
        one["metadata"]["name"]: {port["name"] for port in one["spec"]["ports"]}
        for one in documents()
        if one["kind"] == "Service"
    }
    for rule in named("Ingress")["spec"]["rules"]:
        for path in rule["http"]["paths"]:
            backend = path["backend"]["service"]
            assert backend["port"]["name"] in services[backend["name"]]
    (port,) = named("Service")["spec"]["ports"]
    assert port["targetPort"] in {one["name"] for one in container()["ports"]}


def test_what_is_for_the_operator_leads_to_no_pod() -> None:
    paths = named("Ingress")["spec"]["rules"][0]["http"]["paths"]
    leads = {path["path"]: path["backend"]["service"]["name"] for path in paths}
    assert leads == {"/": "atlas", "/metrics": "atlas-nowhere", "/_stcore/metrics": "atlas-nowhere"}
    selector = named("Service", "atlas-nowhere")["spec"]["selector"]
    assert selector != pod()["metadata"]["labels"]


def test_probes_and_scraping_ask_for_what_the_server_answers() -> None:
    client = TestClient(Starlette(routes=server.routes()))
    probes = {name: one for name, one in container().items() if name.endswith("Probe")}
    assert set(probes) == {"startupProbe", "readinessProbe", "livenessProbe"}
    for name in ("startupProbe", "readinessProbe"):
        assert client.get(probes[name]["httpGet"]["path"]).status_code == 200
    # A draining or unready process must not be killed for it.
    assert probes["livenessProbe"]["httpGet"]["path"] == "/_stcore/health"
    annotations = pod()["metadata"]["annotations"]
    assert client.get(annotations["prometheus.io/path"]).status_code == 200
    assert annotations["prometheus.io/port"] == str(PORT)


def test_a_pod_has_no_rights_it_does_not_need() -> None:
    assert pod()["spec"]["securityContext"]["runAsNonRoot"] is True
    assert pod()["spec"]["automountServiceAccountToken"] is False
    assert container()["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_a_pod_is_left_the_time_it_drains(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in container()["env"]:
        monkeypatch.setenv(variable["name"], variable["value"])
    assert settings.url() == "https://atlas.example.org/"
    spare = pod()["spec"]["terminationGracePeriodSeconds"] - settings.drain_seconds()
    assert spare >= 10


def test_replicas_remain_while_one_is_taken_away() -> None:
    least = named("HorizontalPodAutoscaler")["spec"]["minReplicas"]
    assert least - named("PodDisruptionBudget")["spec"]["maxUnavailable"] >= 2
    assert named("Deployment")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert "replicas" not in named("Deployment")["spec"], "Two would say how many there are."


def test_the_image_is_that_of_this_version() -> None:
    assert container()["image"] == f"chengyu-cluster-atlas:{package.__version__}"


# The image


@pytest.fixture
def dockerfile() -> DockerfileParser:
    return DockerfileParser(fileobj=BytesIO(deployed("Dockerfile").encode()))


def instructions(dockerfile: DockerfileParser, name: str) -> list[str]:
    return [one["value"] for one in dockerfile.structure if one["instruction"] == name]


def environment(dockerfile: DockerfileParser) -> dict[str, str]:
    (given,) = instructions(dockerfile, "ENV")
    return dict(one.split("=", 1) for one in shlex.split(given))


def test_the_image_runs_a_python_the_project_supports(dockerfile: DockerfileParser) -> None:
    least = re.fullmatch(r">=3\.(\d+)", project()["requires-python"])
    assert least
    for image in dockerfile.parent_images:
        found = re.fullmatch(r"python:3\.(\d+)-slim", image)
        assert found
        assert int(found[1]) >= int(least[1])


def test_the_image_runs_as_a_user_without_rights(dockerfile: DockerfileParser) -> None:
    (user,) = instructions(dockerfile, "USER")
    context = pod()["spec"]["securityContext"]
    assert user == f"{context['runAsUser']}:{context['runAsGroup']}"


def test_the_image_takes_all_that_the_dashboard_needs(dockerfile: DockerfileParser) -> None:
    copied = {
        source
        for one in instructions(dockerfile, "COPY")
        if "--from" not in one
        for source in one.split()[:-1]
    }
    needed = {"dashboard.py", "pages", "atlas", "data", ".streamlit", "requirements.txt"}
    assert copied == needed
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line.removeprefix("!").split("/")[0] for line in lines if line.startswith("!")]
    assert set(let_in) == needed


def test_port_and_address_are_one_from_the_image_to_the_pod(dockerfile: DockerfileParser) -> None:
    assert instructions(dockerfile, "EXPOSE") == [str(PORT)]
    assert environment(dockerfile)["STREAMLIT_SERVER_PORT"] == str(PORT)
    assert environment(dockerfile)["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0"  # noqa: S104
    (check,) = instructions(dockerfile, "HEALTHCHECK")
    assert f"127.0.0.1:{PORT}/health" in check
    assert {port["containerPort"] for port in container()["ports"]} == {PORT}


def test_variables_of_the_image_are_known_to_streamlit_and_to_us(
    dockerfile: DockerfileParser,
) -> None:
    from streamlit import config

    known = {option.env_var for option in config._config_options_template.values()}
    given = environment(dockerfile)
    assert {name for name in given if name.startswith("STREAMLIT_")} <= known
    assert given["ATLAS_LOG"] == "json"


# nginx and compose


def test_nginx_is_given_the_replicas_that_compose_runs() -> None:
    services, lines = compose(), deployed("nginx/replicas.conf").splitlines()
    servers = [line.split()[1] for line in lines if line.startswith("server ")]
    replicas = [name for name in services if fnmatch(name, "atlas-*")]
    assert servers == [f"{name}:{PORT}" for name in replicas]
    assert set(services["nginx"]["depends_on"]) == set(replicas)
    addresses = [services[name]["networks"]["inside"]["ipv4_address"] for name in replicas]
    assert len(set(addresses)) == len(replicas)


def test_every_container_of_compose_is_read_only_and_without_rights() -> None:
    for service in compose().values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_compose_publishes_the_port_nginx_listens_on() -> None:
    port = re.search(r"^listen (\d+);", deployed("nginx/listen.conf"), re.MULTILINE)
    assert port
    assert compose()["nginx"]["ports"] == [f"{port[1]}:{port[1]}"]


# Streamlit Community Cloud


def test_community_cloud_finds_entry_requirements_and_settings_at_the_root() -> None:
    for name in ("dashboard.py", "requirements.txt", ".streamlit/config.toml"):
        assert (ROOT / name).is_file()
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert re.search(r"^streamlit==1\.", pinned, re.MULTILINE)


# The other platforms, and what holds for all


def test_there_is_a_page_for_each_platform_and_the_list_names_it() -> None:
    pages = {path.name for path in DEPLOY.glob("*.md")} - {"README.md"}
    listed = set(re.findall(r"\]\(([a-z-]+\.md)\)", deployed("README.md")))
    assert listed == pages
    assert {"community-cloud.md", "hugging-face.md", "server.md", "docker.md"} <= pages


def test_hugging_face_asks_at_the_port_of_the_image(dockerfile: DockerfileParser) -> None:
    head = next(yaml.safe_load_all(deployed("hugging-face.yaml")))
    assert head["sdk"] == "docker"
    assert instructions(dockerfile, "EXPOSE") == [str(head["app_port"])]


def test_the_service_listens_where_the_proxy_asks_and_may_write_nothing() -> None:
    unit = deployed("systemd/atlas.service")
    assert f"STREAMLIT_SERVER_PORT={PORT}" in unit
    assert f"reverse_proxy 127.0.0.1:{PORT}" in deployed("Caddyfile")
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes"):
        assert line in unit


def test_a_proxy_of_ours_believes_nothing_that_a_reader_says_of_the_site() -> None:
    nginx = deployed("nginx/nginx.conf")
    for header in ("X-Forwarded-Host", "X-Forwarded-Prefix"):
        assert re.search(rf'proxy_set_header {header} +"";', nginx)
    assert "-X-Forwarded-Prefix" in deployed("Caddyfile")


def test_every_python_that_is_named_is_tried() -> None:
    named = [one.split()[-1] for one in project()["classifiers"] if "Python :: 3." in one]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == named
    assert project()["requires-python"] == f">={named[0]}"
