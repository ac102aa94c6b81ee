# Run at build time: writes the C file behind src/cmd/scripts.h, which holds the
# files of completions/. Wants FOLDER, where they are, and OUT.
function(embed name file)
	file(READ ${FOLDER}/${file} bytes HEX)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
	file(APPEND ${OUT} "static const char ${name}[] = {${bytes} 0};\n")
endfunction()

file(WRITE ${OUT} "#include \"scripts.h\"\n#include <stddef.h>\n")
embed(gita_bash gita.bash)
embed(gita_zsh _gita)
embed(gita_fish gita.fish)
embed(gcd gcd.sh)
embed(gcd_bash gcd.bash)
embed(gcd_zsh gcd.zsh)
embed(gcd_fish gcd.fish)
file(APPEND ${OUT} "const struct scripts scripts[] = {
	{.shell = \"bash\", .texts = {gita_bash, gcd, gcd_bash}},
	{.shell = \"zsh\", .texts = {gita_zsh, gcd, gcd_zsh}},
	{.shell = \"fish\", .texts = {gita_fish, gcd_fish}},
	{0},
};
")
