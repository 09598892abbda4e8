#compdef onrecord
# Completions of onrecord for zsh: save as `_onrecord` in a folder of $fpath, or `eval "$(onrecord completions zsh)"` in ~/.zshrc
_onrecord() {
    local -a values shown
    local line
    local -a typed=("${(@Q)words[1,CURRENT]}")
    while IFS= read -r line; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done < <(onrecord __complete $((CURRENT - 1)) -- "${typed[@]}" 2> /dev/null)
    if ((${#values} == 0)); then
        _files
    elif [[ ${values[1]} == *[:=,] ]]; then
        compadd -U -S '' -d shown -- "${values[@]}"
    else
        compadd -U -d shown -- "${values[@]}"
    fi
}
if [[ ${funcstack[1]} == _onrecord ]]; then
    _onrecord "$@"
else
    compdef _onrecord onrecord
fi
