#!/bin/sh
# Prepares an ARM64 JDK 25 that runs under qemu on a Linux machine of another architecture, for the test that runs ARM64 code natively
# (UnderQemuTest in jit-arm64):
#
#   build/arm64-java.sh [FOLDER]     FOLDER is .bpf4j/arm64 unless given, which is where the test looks; -Dbpf4j.arm64.java names another java
#
# Nothing is installed: packages of Debian are fetched, checked against the archive's list, and unpacked into the folder (450 MB); FOLDER/java is
# then a java. qemu comes with them, and must be 8.2 or newer: older ones do not see that code changes which is written through another mapping.
# It needs curl, xz, awk, sha256sum and dpkg-deb.
#
#   BPF4J_DEBIAN   the archive, https://deb.debian.org/debian unless set
#   BPF4J_SUITE    the suite, sid unless set: any that has openjdk-25
set -eu

archive=${BPF4J_DEBIAN:-https://deb.debian.org/debian}
suite=${BPF4J_SUITE:-sid}
self=$(cd "$(dirname "$0")" && pwd -P)
folder=${1:-$self/../.bpf4j/arm64}

say() { printf 'arm64-java: %s\n' "$*" >&2; }

for tool in curl xz awk sha256sum dpkg-deb; do
    command -v "$tool" >/dev/null || {
        say "needs $tool; on Debian: apt install curl xz-utils gawk coreutils dpkg"
        exit 2
    }
done
case $(uname -s)-$(uname -m) in
    Linux-x86_64) host=amd64 ;;
    Linux-riscv64) host=riscv64 ;;
    *)
        say "is for Linux on x86-64 or RISC-V; on ARM64 Linux the tests run natively as they are"
        exit 2
        ;;
esac

# get ARCHITECTURE TARGET PACKAGE...: unpacks packages of an architecture into a folder
get() {
    architecture=$1
    target=$2
    shift 2
    list=$folder/Packages.xz
    say "reading the list of packages of $suite for $architecture"
    curl -fsSL -o "$list" "$archive/dists/$suite/main/binary-$architecture/Packages.xz"
    for package in "$@"; do
        found=$(xz -dc "$list" | awk -v wanted="$package" '
            /^Package: / { here = $2 == wanted }
            here && /^Filename: / { file = $2 }
            here && /^SHA256: / { sum = $2 }
            END { print file " " sum }')
        [ "$found" != " " ] || {
            say "$suite has no package $package for $architecture; BPF4J_SUITE names another suite"
            exit 1
        }
        say "fetching $package"
        curl -fsSL -o "$folder/package.deb" "$archive/${found% *}"
        echo "${found#* }  $folder/package.deb" | sha256sum -c --quiet - || exit 1
        dpkg-deb -x "$folder/package.deb" "$target"
        rm "$folder/package.deb"
    done
    rm "$list"
}

mkdir -p "$folder/root/usr/lib" "$folder/qemu"
folder=$(cd "$folder" && pwd -P)
ln -sfn usr/lib "$folder/root/lib" # as in Debian, where the loader is looked for
get arm64 "$folder/root" openjdk-25-jre-headless libc6 libgcc-s1 libstdc++6 zlib1g
get "$host" "$folder/qemu" qemu-user
mv "$folder/qemu/usr/bin/qemu-aarch64" "$folder/qemu-aarch64"
rm -r "$folder/qemu"

home=$(cd "$folder"/root/usr/lib/jvm/java-25-openjdk-arm64 && pwd -P)
# Configuration is linked to by absolute paths.
find "$home" -type l -lname '/*' | while read -r link; do
    ln -sfn "$folder/root$(readlink "$link")" "$link"
done
cat >"$folder/java" <<END
#!/bin/sh
exec "$folder/qemu-aarch64" -L "$folder/root" "$home/bin/java" "\$@"
END
chmod +x "$folder/java"
"$folder/java" -version
say "ready: $folder/java"
