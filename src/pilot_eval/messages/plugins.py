"""Messages about plugins: loading them, what their hooks return, and what fails while they run."""

from pilot_eval.messages.entry import Entry, error, warning

ASK_AUTHOR = ("请插件作者修复", "ask its author to fix it")

MESSAGES: dict[str, Entry] = {
    "plugin-import-failed": error(
        "加载失败：{cause}",
        "cannot be loaded: {cause}",
        "请插件作者修复，或重新安装",
        "ask its author to fix it, or reinstall it",
    ),
    "plugin-no-module": error(
        "找不到入口点指定的模块 {module}",
        "its entry point names the module {module}, which does not exist",
        "修改 pyproject.toml 中的 [project.entry-points.pilot_eval]，然后重新安装",
        "correct [project.entry-points.pilot_eval] in its pyproject.toml and reinstall it",
    ),
    "plugin-entry": error(
        '入口点 {name} = "{value}" 不是模块名',
        'its entry point {name} = "{value}" is not a module name',
        "在 pyproject.toml 中改为模块名（如 pilot_eval_village），然后重新安装",
        "name a module, such as pilot_eval_village, in its pyproject.toml and reinstall it",
    ),
    "plugin-hook-unmarked": error(
        "{hook} 没有标记为钩子，不会被调用",
        "{hook} is not marked as a hook and is never called",
        "在它上面加 @hookimpl",
        "put @hookimpl above it",
    ),
    "plugin-item": error(
        "{item} 无效：{problem}", "{item} is invalid: {problem}", "参照 docs/plugins 修改", "see docs/plugins"
    ),
    "plugin-broken": error("无法使用：{cause}", "cannot be used: {cause}", *ASK_AUTHOR),
    "plugin-too-slow": error(
        "加载超过 {seconds} 秒，已终止",
        "loading took longer than {seconds} s and was stopped",
        "加载时只做声明；或设置 PILOT_EVAL_PLUGIN_SECONDS",
        "only declare things while loading; or set PILOT_EVAL_PLUGIN_SECONDS",
    ),
    "plugin-not-yours": error(
        "基地类型 {name} 属于 {home}，{package} 不能给它添加内容",
        "the base type {name} belongs to {home}; {package} cannot add to it",
        "声明自己的基地类型：BaseType(…)；或请 {home} 的作者添加",
        "declare a base type of your own: BaseType(…); or ask the author of {home} to add it",
    ),
    "plugin-settled": error(
        "基地类型 {name} 声明后不能改动",
        "the base type {name} cannot be changed once it is declared",
        "在 BaseType(…) 中写明；另需一种类型时另行声明",
        "say it in BaseType(…); if you need another type, declare one",
    ),
    "plugin-ends": error(
        "加载时使整个进程终止（{how}）",
        "it ends the whole process while it is loaded ({how})",
        "加载时只做声明；缺少所需条件时抛出异常：raise RuntimeError(…)",
        "only declare things while loading; if something is missing, raise an exception: raise RuntimeError(…)",
    ),
    "plugin-leaves-thread": error(
        "加载后仍有线程在运行：{threads}",
        "it leaves threads running after it was loaded: {threads}",
        "加载时只做声明；在用到线程的函数中启动，并在返回前 join()",
        "only declare things while loading; start a thread in the function that needs it, and join() it there",
    ),
    "plugin-leaves-process": error(
        "加载后仍有子进程在运行",
        "it leaves a child process running after it was loaded",
        "加载时只做声明；在用到子进程的函数中用 subprocess.run(…) 等它结束",
        "only declare things while loading; wait for a child where it is needed, with subprocess.run(…)",
    ),
    "plugin-changes": error(
        "加载时改动了各插件共用的内容：{what}",
        "while it is loaded it changes what all plugins share: {what}",
        "改用自己的函数或对象：另起名字，作为参数传入，如 random.Random(7)、open(…, encoding=…)",
        "use a function or an object of your own: under another name, as an argument, such as random.Random(7)",
    ),
    "plugin-asks": error(
        "不能{asks}（{call}）：同样的证据，任何时候、任何机器上都应得出同样的数",
        "it cannot {asks} here ({call}): the same evidence must give the same figure at any time, on any machine",
        "{instead}",
        "{instead}",
    ),
    "plugin-differs": error(
        "在另一进程中{what}不同：{one}；{other}",
        "in another process {what} is not the same: {one}; {other}",
        "表达式中不用随机数、时间、环境变量、当前目录和集合的顺序：写成常数，集合先用 sorted(…)",
        "use no random numbers, time, environment, working folder or order of a set: write constants, and sorted(…)",
    ),
    "plugin-api": error(
        "{name} 按接口版本 {given} 编写，本程序支持的版本为 {known}",
        "{name} is written for API {given}; this program supports {known}",
        "安装兼容的版本，或按 docs/plugins/deprecation.md 修改",
        "install a compatible version, or change it as docs/plugins/deprecation.md describes",
    ),
    "plugin-api-old": warning(
        "{name} 按接口版本 {given} 编写，当前版本为 {now}；pilot-eval {release}（不早于 {day}）起不再支持版本 {given}",
        (
            "{name} is written for API {given}; the current one is {now}, and pilot-eval {release} (not before {day}) "
            "no longer supports API {given}"
        ),
        "按 docs/plugins/deprecation.md 修改",
        "change it as docs/plugins/deprecation.md describes",
    ),
    "plugin-hook": error("钩子出错：{cause}", "a hook failed: {cause}", "参照 docs/plugins 修改", "see docs/plugins"),
    "plugin-unknown-hook": error(
        "找不到名为 {hook} 的钩子", "there is no hook named {hook}", "{suggestion}", "{suggestion}"
    ),
    "plugin-hook-arguments": error(
        "钩子 {hook} 不接受参数", "the hook {hook} takes no parameters", "删除参数", "remove them"
    ),
    "plugin-reader": error(
        "读取进程无法导入 {suffix} 的读取函数",
        "the reading process cannot import the reader of {suffix}",
        "改用模块级的具名函数，不用 lambda 或嵌套函数",
        "use a named function at module level, not a lambda or a nested function",
    ),
    "plugin-hook-result": error(
        "{hook} 应返回 {kind} 的列表，实际返回 {given}",
        "{hook} should return a list of {kind}, not {given}",
        "修改返回值",
        "correct what it returns",
    ),
    "plugin-nothing": error(
        "没有提供任何内容：没有钩子，或钩子没有返回值",
        "it provides nothing: it has no hooks, or its hooks return nothing",
        "检查 @hookimpl 和 return",
        "check @hookimpl and return",
    ),
    "plugin-clash": error(
        "{what} {name} 有多个提供者：{plugins}",
        "the {what} {name} has more than one provider: {plugins}",
        "只保留一个，或改名",
        "keep one, or rename it",
    ),
    "plugin-section-failed": error(
        "插件 {provider}：报告章节 {section} 出错：{cause}",
        "plugin {provider}: the report section {section} failed: {cause}",
        *ASK_AUTHOR,
    ),
    "plugin-exporter-failed": error(
        "插件 {provider}：导出 {exporter} 出错：{cause}",
        "plugin {provider}: the exporter {exporter} failed: {cause}",
        *ASK_AUTHOR,
    ),
    "plugin-rule-failed": error(
        "插件 {provider}：评分规则 {kind} 无法使用：{cause}",
        "plugin {provider}: the scoring rule {kind} cannot be used: {cause}",
        "请插件作者修复，或改用其他规则",
        "ask its author to fix it, or use another rule",
    ),
    "plugin-rule-absent": error(
        "找不到评分规则 {rule}；它可能由以下未加载的插件提供：{plugins}",
        "the scoring rule {rule} was not found; one of these plugins, which are not loaded, may provide it: {plugins}",
        "修复或启用该插件",
        "fix or enable that plugin",
    ),
    "plugin-absent": error(
        "没有插件提供基地类型 {base_type}",
        "no plugin provides the base type {base_type}",
        "安装提供它的插件",
        "install one that does",
    ),
    "plugin-off": error(
        "基地类型 {base_type} 由插件 {plugin} 提供，但该插件本次未加载",
        "the base type {base_type} is provided by the plugin {plugin}, which is not loaded",
        "在 --only 或 PILOT_EVAL_PLUGINS 中加上它",
        "add it to --only or PILOT_EVAL_PLUGINS",
    ),
    "plugin-measure-engine": error(
        "测算值{measure}计算失败：{cause}",
        "the measure {measure} cannot be computed: {cause}",
        "请插件作者修复",
        "ask the plugin's author to fix it",
    ),
}
