"""What may stand in a Kubernetes manifest and in a Compose file, as far as ours go."""

from __future__ import annotations

from typing import Any

# What may stand where, as the Kubernetes API of each kind names it; anything else is a slip of the pen.
METADATA = {"name": str, "labels": dict, "annotations": dict}
SELECTOR = {"matchLabels": dict}
PROBE = {
    "httpGet": {"path": str, "port": (str, int)},
    "initialDelaySeconds": int,
    "periodSeconds": int,
    "timeoutSeconds": int,
    "failureThreshold": int,
}
CONTAINER = {
    "name": str,
    "image": str,
    "args": [str],
    "env": [{"name": str, "value": str, "valueFrom": {"fieldRef": {"fieldPath": str}}}],
    "envFrom": [{"configMapRef": {"name": str}, "secretRef": {"name": str}}],
    "ports": [{"name": str, "containerPort": int}],
    "livenessProbe": PROBE,
    "readinessProbe": PROBE,
    "securityContext": {"allowPrivilegeEscalation": bool, "capabilities": {"drop": [str]}},
    "volumeMounts": [{"name": str, "mountPath": str}],
}
POD = {
    "automountServiceAccountToken": bool,
    "terminationGracePeriodSeconds": int,
    "securityContext": {"runAsNonRoot": bool, "runAsUser": int, "fsGroup": int},
    "containers": [CONTAINER],
}
CLAIM = {
    "metadata": METADATA,
    "spec": {"accessModes": [str], "resources": {"requests": {"storage": str}}},
}
BACKEND = {"service": {"name": str, "port": {"name": str}}}
KINDS: dict[tuple[str, str], dict[str, Any]] = {
    ("v1", "ConfigMap"): {"data": dict},
    ("apps/v1", "StatefulSet"): {
        "spec": {
            "serviceName": str,
            "replicas": int,
            "podManagementPolicy": str,
            "selector": SELECTOR,
            "template": {"metadata": {"labels": dict, "annotations": dict}, "spec": POD},
            "volumeClaimTemplates": [CLAIM],
        }
    },
    ("v1", "Service"): {
        "spec": {"selector": dict, "ports": [{"name": str, "port": int, "targetPort": (str, int)}]}
    },
    ("networking.k8s.io/v1", "Ingress"): {
        "spec": {
            "tls": [{"hosts": [str], "secretName": str}],
            "rules": [{"host": str, "http": {"paths": [{"path": str, "pathType": str, "backend": BACKEND}]}}],
        }
    },
    ("policy/v1", "PodDisruptionBudget"): {"spec": {"minAvailable": int, "selector": SELECTOR}},
}
# the Compose specification's words that are in use here
SERVICE = {
    "image": str,
    "build": {"context": str, "args": dict},
    "command": [str],
    "environment": dict,
    "depends_on": dict,
    "restart": str,
    "stop_grace_period": str,
    "volumes": [str],
    "ports": [str],
    "healthcheck": {"test": [str], "interval": str, "timeout": str, "retries": int},
}


def slips(found: Any, form: Any, at: str = "") -> list[str]:
    """Where ``found`` is not of the form: a type, types, a dict of what may be there, a list of one form."""
    if isinstance(form, dict):
        if not isinstance(found, dict):
            return [f"{at}: wanted a mapping, found {found!r}"]
        unknown = [f"{at}.{name}: unknown" for name in found if name not in form]
        return unknown + [
            slip
            for name, value in found.items()
            if name in form
            for slip in slips(value, form[name], f"{at}.{name}")
        ]
    if isinstance(form, list):
        if not isinstance(found, list):
            return [f"{at}: wanted a list, found {found!r}"]
        return [slip for n, value in enumerate(found) for slip in slips(value, form[0], f"{at}[{n}]")]
    return [] if isinstance(found, form) else [f"{at}: wanted {form}, found {found!r}"]
