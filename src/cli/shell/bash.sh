# Completions of onrecord for bash: `eval "$(onrecord completions bash)"` in ~/.bashrc
_onrecord() {
    local IFS=$'\n' words=() at=0 i word quote='' line value
    # Bash cuts words at colons and signs of equality; what belongs together is put together again.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]} > 1)) && [[ $word =~ ^[:=]+$ || ${COMP_WORDS[i - 1]} =~ ^[:=]+$ ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    at=$((${#words[@]} - 1))
    local typed=${words[at]}
    case $typed in
        [\'\"]*) quote=${typed:0:1} ;;
    esac
    words[at]=${typed#"$quote"}
    local kept=${words[at]}
    COMPREPLY=()
    while IFS= read -r line; do
        value=${line%%$'\t'*}
        if [[ -n $quote ]]; then
            value=$quote$value
        else
            value=$(printf '%q' "$value")
            # Only what stands behind the last cut is replaced.
            if [[ $kept == *[:=]* && $COMP_WORDBREAKS == *:* ]]; then
                local prefix=${kept%"${kept##*[:=]}"}
                value=${value#"$prefix"}
            fi
        fi
        COMPREPLY+=("$value")
    done < <(onrecord __complete "$at" -- "${words[@]}" 2> /dev/null)
    if ((${#COMPREPLY[@]} == 0)); then
        compopt -o default 2> /dev/null
    elif [[ ${COMPREPLY[0]} == *[:=,] ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
complete -F _onrecord onrecord
