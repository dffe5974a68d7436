"""What `deploy/` says is valid, and agrees with the dashboard and with itself."""

import re
import shlex
import tomllib
from copy import deepcopy
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from dockerfile_parse import DockerfileParser
from packaging.specifiers import SpecifierSet
from starlette.applications import Starlette
from starlette.testclient import TestClient

import atlas as package
from atlas import server, settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
PORT = 8501
LATEST = kubernetes_validate.latest_version()

Document = dict[str, Any]


def parsed() -> dict[str, Document]:
    paths = [path for path in KUBERNETES if path.name != "kustomization.yaml"]
    texts = "\n---\n".join(path.read_text(encoding="utf-8") for path in paths)
    manifests = filter(None, yaml.safe_load_all(texts))
    return {f"{each['kind']} {each['metadata']['name']}": each for each in manifests}


MANIFESTS = parsed()
DEPLOYMENT = MANIFESTS["Deployment atlas"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
LABELS = DEPLOYMENT["template"]["metadata"]["labels"]
(CONTAINER,) = POD["containers"]


def spec(kind: str, name: str = "atlas") -> Document:
    return dict(MANIFESTS[f"{kind} {name}"]["spec"])


def deployed(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def compose() -> Document:
    """Return the services of compose, by name."""
    return dict(yaml.safe_load(deployed("compose.yaml"))["services"])


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


# Kubernetes


# The oldest version that is maintained by the larger hosts, and the newest there is.
@pytest.mark.parametrize("version", ["1.30", LATEST])
@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_follows_the_official_schema(manifest: Document, version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_the_schema_would_notice_a_misspelt_field() -> None:
    manifest = deepcopy(MANIFESTS["Deployment atlas"])
    manifest["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest, LATEST, strict=True)


def test_every_manifest_is_applied() -> None:
    kustomization = yaml.safe_load(deployed("kubernetes/kustomization.yaml"))
    assert set(kustomization["resources"]) | {"kustomization.yaml"} == {
        path.name for path in KUBERNETES
    }


def test_service_budget_and_autoscaler_mean_the_pods_of_the_deployment() -> None:
    assert DEPLOYMENT["selector"]["matchLabels"] == LABELS
    assert spec("Service")["selector"] == LABELS
    assert spec("PodDisruptionBudget")["selector"]["matchLabels"] == LABELS
    target = spec("HorizontalPodAutoscaler")["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "atlas")
    (spread,) = POD["topologySpreadConstraints"]
    assert spread["labelSelector"]["matchLabels"] == LABELS


def test_the_ingress_leads_to_ports_that_services_have() -> None:
    for rule in spec("Ingress")["rules"]:
        for path in rule["http"]["paths"]:
            backend = path["backend"]["service"]
            ports = spec("Service", backend["name"])["ports"]
            assert backend["port"]["name"] in {port["name"] for port in ports}
    (port,) = spec("Service")["ports"]
    assert port["targetPort"] in {port["name"] for port in CONTAINER["ports"]}


def test_what_is_for_the_operator_leads_to_no_pod() -> None:
    paths = spec("Ingress")["rules"][0]["http"]["paths"]
    services = {path["path"]: path["backend"]["service"]["name"] for path in paths}
    nowhere = dict.fromkeys(("/metrics", "/_stcore/metrics"), "atlas-nowhere")
    assert services == {"/": "atlas"} | nowhere
    assert spec("Service", "atlas-nowhere")["selector"] != LABELS


def test_probes_and_scraping_ask_for_what_the_server_answers() -> None:
    client = TestClient(Starlette(routes=server.routes()))
    probes = {name: probe for name, probe in CONTAINER.items() if name.endswith("Probe")}
    assert set(probes) == {"startupProbe", "readinessProbe", "livenessProbe"}
    for name in ("startupProbe", "readinessProbe"):
        assert client.get(probes[name]["httpGet"]["path"]).status_code == 200
    # A draining or unready process must not be killed for it.
    assert probes["livenessProbe"]["httpGet"]["path"] == "/_stcore/health"
    annotations = DEPLOYMENT["template"]["metadata"]["annotations"]
    assert client.get(annotations["prometheus.io/path"]).status_code == 200
    assert annotations["prometheus.io/port"] == str(PORT)


def test_a_pod_has_no_rights_it_does_not_need() -> None:
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["automountServiceAccountToken"] is False
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_a_pod_is_left_the_time_it_drains(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in CONTAINER["env"]:
        monkeypatch.setenv(variable["name"], variable["value"])
    assert settings.url() == "https://atlas.example.org/"
    assert POD["terminationGracePeriodSeconds"] - settings.drain_seconds() >= 10


def test_replicas_remain_while_one_is_taken_away() -> None:
    least = spec("HorizontalPodAutoscaler")["minReplicas"]
    assert least - spec("PodDisruptionBudget")["maxUnavailable"] >= 2
    assert DEPLOYMENT["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert "replicas" not in DEPLOYMENT, "Two would say how many there are."


def test_the_image_is_that_of_this_version() -> None:
    assert CONTAINER["image"] == f"chengyu-cluster-atlas:{package.__version__}"


# The image


DOCKERFILE = DockerfileParser(fileobj=BytesIO(deployed("Dockerfile").encode()))


def instructions(name: str) -> list[str]:
    return [each["value"] for each in DOCKERFILE.structure if each["instruction"] == name]


(VARIABLES,) = instructions("ENV")
ENVIRONMENT = dict(variable.split("=", 1) for variable in shlex.split(VARIABLES))


def test_the_image_runs_a_python_the_project_supports() -> None:
    supported = SpecifierSet(PROJECT["requires-python"])
    for image in DOCKERFILE.parent_images:
        name, _, tag = image.partition(":")
        assert name == "python"
        assert tag.removesuffix("-slim") in supported


def test_the_image_runs_as_a_user_without_rights() -> None:
    context = POD["securityContext"]
    assert instructions("USER") == [f"{context['runAsUser']}:{context['runAsGroup']}"]


def test_the_image_takes_all_that_the_dashboard_needs() -> None:
    copies = [copy.split() for copy in instructions("COPY") if "--from" not in copy]
    copied = {source for *sources, _ in copies for source in sources}
    needed = {"dashboard.py", "pages", "atlas", "data", ".streamlit", "requirements.txt"}
    assert copied == needed
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line.removeprefix("!").split("/")[0] for line in lines if line.startswith("!")]
    assert set(let_in) == needed


def test_port_and_address_are_one_from_the_image_to_the_pod() -> None:
    assert instructions("EXPOSE") == [str(PORT)]
    assert ENVIRONMENT["STREAMLIT_SERVER_PORT"] == str(PORT)
    assert ENVIRONMENT["STREAMLIT_SERVER_ADDRESS"] == "0.0.0.0"  # noqa: S104
    (check,) = instructions("HEALTHCHECK")
    assert f"127.0.0.1:{PORT}/health" in check
    assert {port["containerPort"] for port in CONTAINER["ports"]} == {PORT}


def test_variables_of_the_image_are_known_to_streamlit_and_to_us() -> None:
    from streamlit import config

    known = {option.env_var for option in config._config_options_template.values()}
    assert {name for name in ENVIRONMENT if name.startswith("STREAMLIT_")} <= known
    assert ENVIRONMENT["ATLAS_LOG"] == "json"


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


def test_hugging_face_asks_at_the_port_of_the_image() -> None:
    head = next(yaml.safe_load_all(deployed("hugging-face.yaml")))
    assert head["sdk"] == "docker"
    assert instructions("EXPOSE") == [str(head["app_port"])]


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
    versions = [name.split()[-1] for name in PROJECT["classifiers"] if "Python :: 3." in name]
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert workflow["jobs"]["tests"]["strategy"]["matrix"]["python"] == versions
    assert PROJECT["requires-python"] == f">={versions[0]}"
