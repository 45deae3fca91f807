"""Export: the results in an exporter's format."""

from pilot_eval.errors import PluginError, UsageError, did_you_mean
from pilot_eval.exports import EXPORTERS
from pilot_eval.extensions import line_of
from pilot_eval.guard import guarded
from pilot_eval.model import EvaluationRecord
from pilot_eval.registry import Registry
from pilot_eval.report.hiding import withheld
from pilot_eval.text import Lang, Words


def export(record: EvaluationRecord, registry: Registry, name: str, lang: Lang) -> tuple[str, bytes]:
    """Export the results; return the file's suffix and bytes. Raises UsageError, PluginError."""
    exporters = EXPORTERS | registry.exporters
    if name not in exporters:
        what = Words(zh="导出格式", en="exporter")
        raise UsageError.of("usage-unknown", what=what, name=name, suggestion=did_you_mean(name, exporters))
    exporter = exporters[name]

    def exported() -> bytes:
        data = exporter.export(withheld(record).model_copy(deep=True), lang)
        if not isinstance(data, bytes):
            raise TypeError(f"an exporter gives bytes, not {type(data).__name__}")
        return bytes(data)

    def fault(error: BaseException, cause: Words) -> PluginError:
        said: dict[str, object] = {"provider": exporter.provider, "exporter": name, "cause": cause}
        return PluginError.of("plugin-exporter-failed", line_of(error, exporter.export), **said)

    return exporter.suffix, guarded(exported, fault)
