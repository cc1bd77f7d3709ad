#!/bin/sh
# Boots an ARM64 Linux kernel in qemu and runs bpf4j there, so that the kernel's ARM64 JIT compiler can be compared with the engines on a machine
# of another architecture:
#
#   build/arm64-kernel.sh [COMMAND...]     a bpf4j command; 1,000 random programs in the kernel, the evaluator and the engine arm64 unless given
#
# For instance: build/arm64-kernel.sh conformance --engine linux --vectors 100
#
# Needs what build/arm64-java.sh has prepared, the jar of the command (./bpf4j makes it), and qemu-system-aarch64, cpio, curl, xz, awk, sha256sum and
# dpkg-deb; on Debian: apt install qemu-system-arm cpio. Nothing is installed: kernel and shell are packages of Debian, fetched, checked against
# the archive's list, and unpacked into .bpf4j/arm64/kernel. What is missing is said, with exit code 2. The exit code is that of the command.
#
#   BPF4J_DEBIAN   the archive, https://deb.debian.org/debian unless set
#   BPF4J_SUITE    the suite that the kernel comes from, sid unless set. Linux 6.15 or newer has all instructions
#   BPF4J_MEMORY   MiB of memory of the machine, 3072 unless set
set -eu

archive=${BPF4J_DEBIAN:-https://deb.debian.org/debian}
suite=${BPF4J_SUITE:-sid}
memory=${BPF4J_MEMORY:-3072}
self=$(cd "$(dirname "$0")" && pwd -P)
jar=$self/../cli/target/bpf4j.jar
java=$self/../.bpf4j/arm64

say() { printf 'arm64-kernel: %s\n' "$*" >&2; }

for tool in qemu-system-aarch64 cpio curl xz awk sha256sum dpkg-deb; do
    command -v "$tool" >/dev/null || {
        say "not run: needs $tool; on Debian: apt install qemu-system-arm cpio curl xz-utils gawk coreutils dpkg"
        exit 2
    }
done
[ -x "$java/java" ] || {
    say "not run: needs an ARM64 Java; build/arm64-java.sh gets one"
    exit 2
}
[ -f "$jar" ] || {
    say "not run: needs cli/target/bpf4j.jar; ./bpf4j version makes it"
    exit 2
}
[ $# -gt 0 ] || set -- fuzz --engine linux --engine evaluator --engine arm64 --programs 1000

java=$(cd "$java" && pwd -P)
folder=$java/kernel
mkdir -p "$folder"

# get PATTERN: unpacks the last package of the suite whose whole name matches
get() {
    found=$(awk -v wanted="^Package: $1\$" '
        /^Package: / { here = $0 ~ wanted }
        here && /^Filename: / { file = $2 }
        here && /^SHA256: / { sum = $2 }
        END { print file " " sum }' "$folder/Packages")
    [ "$found" != " " ] || {
        say "$suite has no package $1 for arm64; BPF4J_SUITE names another suite"
        exit 2
    }
    say "fetching ${found% *}"
    curl -fsSL -o "$folder/package.deb" "$archive/${found% *}"
    echo "${found#* }  $folder/package.deb" | sha256sum -c --quiet - || exit 2
    dpkg-deb -x "$folder/package.deb" "$folder/unpacked"
    rm "$folder/package.deb"
}

if [ ! -f "$folder/vmlinuz" ] || [ ! -x "$folder/busybox" ]; then
    say "reading the list of packages of $suite"
    curl -fsSL "$archive/dists/$suite/main/binary-arm64/Packages.xz" | xz -dc >"$folder/Packages"
    get 'linux-(binary-unsigned-[^ ]*-cloud-arm64|image-[^ ]*-cloud-arm64-unsigned)'
    get busybox-static
    rm "$folder/Packages"
    mv "$(find "$folder/unpacked" -name 'vmlinuz*' | head -n 1)" "$folder/vmlinuz"
    mv "$(find "$folder/unpacked" -path '*bin/busybox' -type f | head -n 1)" "$folder/busybox"
    rm -r "$folder/unpacked"
fi

# The machine's files are those of the ARM64 Java, and over them a shell, the jar, and what is run at the start.
over=$folder/over
rm -rf "$over"
mkdir -p "$over/bin" "$over/proc" "$over/sys" "$over/dev" "$over/tmp" "$over$(dirname "$java")"
cp "$folder/busybox" "$over/bin/busybox"
cp "$jar" "$over/bpf4j.jar"
for word in "$@"; do
    printf '%s\n' "$word"
done >"$over/command"
# Java's configuration is linked to by paths of this machine.
mkdir -p "$over$java"
ln -s / "$over$java/root"
home=$(cd "$java"/root/usr/lib/jvm/java-25-openjdk-arm64 && pwd -P)
cat >"$over/init" <<END
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/shm
mount -t tmpfs -o size=${memory}m tmpfs /dev/shm
ip link set lo up
echo "arm64-kernel: \$(uname -srm), JIT compiler of the kernel (1: on): \$(cat /proc/sys/net/core/bpf_jit_enable)"
set --
while IFS= read -r word; do set -- "\$@" "\$word"; done </command
${home#"$java/root"}/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -jar /bpf4j.jar "\$@"
echo "arm64-kernel: exit \$?"
poweroff -f
END
chmod +x "$over/init"
(cd "$java/root" && find . | cpio -o -H newc --quiet) >"$folder/files.cpio"
(cd "$over" && find . | cpio -o -H newc --quiet) >>"$folder/files.cpio"
rm -rf "$over"

say "booting"
qemu-system-aarch64 -M virt -cpu neoverse-n1 -m "$memory" -accel tcg,tb-size=1024 -nographic -no-reboot -nic none -kernel "$folder/vmlinuz" \
    -initrd "$folder/files.cpio" -append "console=ttyAMA0 quiet panic=-1 mitigations=off" </dev/null | sed -u 's/\r//' | tee "$folder/output.txt"
rm "$folder/files.cpio"
code=$(sed -n 's/^arm64-kernel: exit //p' "$folder/output.txt")
[ -n "$code" ] || {
    say "the machine ended without a word of the command; what it said is in $folder/output.txt"
    exit 3
}
exit "$code"
