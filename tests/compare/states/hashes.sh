# How many digits of a hash git shows.

_detached() {
	usual
	git checkout -q --detach
}

_abbrev() {
	_detached
	for value; do
		git config --add core.abbrev "$value"
	done
}

# A blob of two lines whose hash begins with the same four digits as HEAD's.
_colliding() {
	python3 -c '
import hashlib, itertools, sys
for number in itertools.count():
    text = f"{number}\n{number}\n".encode()
    hash = hashlib.sha1(b"blob %d\0" % len(text) + text).hexdigest()
    if hash[:4] == sys.argv[1][:4]:
        sys.exit(sys.stdout.buffer.write(text) and 0)
' "$(git rev-parse HEAD)"
}

# So many blobs in a pack, from FIRST on.
_blobs() {
	seq "$1" "$2" | awk '{ printf "blob\ndata %d\n%s\n", length($0), $0 }' |
		git fast-import --quiet
}

abbrev_number() {
	_abbrev 12
}

abbrev_least() {
	_abbrev 4
}

abbrev_all() {
	_abbrev 40
}

abbrev_no() {
	_abbrev no
}

abbrev_off_in_capitals() {
	_abbrev OFF
}

abbrev_empty() {
	_abbrev ''
}

abbrev_auto() {
	_abbrev 12 auto
}

abbrev_auto_and_then_a_number() {
	_abbrev Auto 12
}

abbrev_octal() {
	_abbrev 010
}

abbrev_hexadecimal() {
	_abbrev 0x10
}

abbrev_too_small() {
	_abbrev 3
}

abbrev_too_large() {
	_abbrev 41
}

abbrev_word() {
	_abbrev some
}

abbrev_yes() {
	_abbrev yes
}

abbrev_wrong_and_then_right() {
	_abbrev 2 12
}

abbrev_without_value() {
	_detached
	printf '[core]\n\tabbrev\n' >>.git/config
}

abbrev_of_home() {
	own_home
	_detached
	git config --global core.abbrev 9
}

abbrev_of_home_but_here() {
	own_home
	_abbrev 6
	git config --global core.abbrev 9
}

abbrev_of_environment() {
	own_variable GIT_CONFIG_COUNT=1
	own_variable GIT_CONFIG_KEY_0=core.abbrev
	own_variable GIT_CONFIG_VALUE_0=11
	_abbrev 6
}

abbrev_ambiguous() {
	_abbrev 4
	_colliding | git hash-object -w --stdin
}

abbrev_ambiguous_in_pack() {
	_abbrev 4
	_colliding | git hash-object -w --stdin | git pack-objects -q .git/objects/pack/pack
	git prune-packed -q
}

abbrev_ambiguous_in_alternate() {
	_abbrev 4
	git init -q --bare ../other.git
	_colliding | git -C ../other.git hash-object -w --stdin
	printf '# borrowed\n../../../other.git/objects\n' >.git/objects/info/alternates
}

# Names alone decide, whatever the file holds.
abbrev_ambiguous_by_eight() {
	_detached
	head=$(git rev-parse HEAD)
	first=$(printf '%s' "$head" | cut -c 1-2)
	same=$(printf '%s' "$head" | cut -c 3-8)
	mkdir -p ".git/objects/$first"
	other=$(printf '%s' "$head" | cut -c 9- | tr 0123456789abcdef 123456789abcdef0)
	: >".git/objects/$first/$same$other"
}

abbrev_many_objects() {
	_detached
	_blobs 1 16384
}

abbrev_almost_many_objects() {
	_detached
	_blobs 1 16383
}

abbrev_many_objects_and_a_number() {
	_abbrev 5
	_blobs 1 16384
}

abbrev_many_objects_of_alternates() {
	_detached
	git init -q --bare ../other.git
	git init -q --bare ../last.git
	(cd ../other.git && _blobs 1 9000)
	(cd ../last.git && _blobs 1 9000)
	printf '%s\n' "$STATE/other.git/objects" >.git/objects/info/alternates
	printf '%s\n' ../../last.git/objects >../other.git/objects/info/alternates
}

abbrev_alternates_in_a_circle() {
	_detached
	git clone -q --bare . ../other.git
	_blobs 1 9000
	printf '%s\n' "$STATE/other.git/objects" >.git/objects/info/alternates
	printf '%s\n' "$STATE/repo/.git/objects" >../other.git/objects/info/alternates
}

abbrev_alternate_in_quotes() {
	_detached
	git init -q --bare ../other.git
	(cd ../other.git && _blobs 1 16384)
	printf '"%s"\n' "$STATE/other.git/objects" >.git/objects/info/alternates
}

# 9,000 twice are not 18,000, where an index holds both.
abbrev_multi_pack_index() {
	_detached
	_blobs 1 9000
	{
		git show-index <"$(echo .git/objects/pack/*.idx)" | cut -d' ' -f 2
		git rev-parse HEAD:a
	} | git pack-objects -q .git/objects/pack/pack
	git multi-pack-index write
}

abbrev_multi_pack_index_of_many() {
	_detached
	_blobs 1 20000
	_blobs 20001 20200
	git multi-pack-index write
}

abbrev_pack_without_objects() {
	_detached
	_blobs 1 16384
	rm .git/objects/pack/*.pack
}

abbrev_index_of_pack_damaged() {
	_detached
	git repack -q -a -d
	_blobs 1 16384
	cd .git/objects/pack
	: >"$(find . -name '*.idx' -size +100k)"
}
