// SPDX-License-Identifier: Apache-2.0
//
// Prints what libbpf makes of the programs of an object: the linked and relocated instructions, as they would go to
// the kernel. They are never loaded; the maps are made, so it needs the right to do that.
//
//   libbpf_dump OBJECT [BTF]     BTF: types that CO-RE relocations are resolved against; else the running kernel's
//
// Values of __kconfig come from the environment variable KCONFIG, as in a kernel's .config.
//
// Per program its name, then a slot per line: opcode, registers, off, imm. A wide load of a map has the map's name in
// place of its file descriptor. Behind the first program the maps: name, type, sizes of key and value, entries, flags,
// and the initial bytes of data sections without the zeros at the end.

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bpf_object *object;
static int maps_printed;

static const char *map_name(int fd)
{
	struct bpf_map *map;
	bpf_object__for_each_map(map, object)
	{
		if (bpf_map__fd(map) == fd)
			return bpf_map__name(map);
	}
	return "?";
}

static void print_maps(void)
{
	struct bpf_map *map;
	bpf_object__for_each_map(map, object)
	{
		size_t size = 0;
		const unsigned char *bytes = bpf_map__initial_value(map, &size);
		printf("map %s %d %u %u %u %u ", bpf_map__name(map), bpf_map__type(map), bpf_map__key_size(map), bpf_map__value_size(map),
		       bpf_map__max_entries(map), bpf_map__map_flags(map));
		while (bytes && size > 0 && !bytes[size - 1])
			size--;
		for (size_t i = 0; bytes && i < size; i++)
			printf("%02x", bytes[i]);
		printf("\n");
	}
}

static int print(struct bpf_program *program, struct bpf_prog_load_opts *options, long cookie)
{
	const struct bpf_insn *insns = bpf_program__insns(program);
	(void)options;
	(void)cookie;
	printf("program %s\n", bpf_program__name(program));
	for (size_t i = 0; i < bpf_program__insn_cnt(program); i++) {
		struct bpf_insn insn = insns[i];
		printf("%zu %02x %d %d %d ", i, insn.code, insn.dst_reg, insn.src_reg, insn.off);
		if (insn.code == 0x18 && (insn.src_reg == BPF_PSEUDO_MAP_FD || insn.src_reg == BPF_PSEUDO_MAP_VALUE))
			printf("%s\n", map_name(insn.imm));
		else
			printf("%d\n", insn.imm);
	}
	if (!maps_printed++)
		print_maps();
	return -1; // that is all that is wanted
}

static int silent(enum libbpf_print_level level, const char *format, va_list arguments)
{
	if (level == LIBBPF_WARN && getenv("LIBBPF_WARNINGS"))
		return vfprintf(stderr, format, arguments);
	return 0;
}

int main(int count, char **arguments)
{
	static const char *sections[] = {"xdp+", "tc", "socket+", "raw_tp+", "memory", NULL};
	LIBBPF_OPTS(libbpf_prog_handler_opts, handler, .prog_prepare_load_fn = print);
	LIBBPF_OPTS(bpf_object_open_opts, options);
	if (count < 2)
		return 2;
	options.kconfig = getenv("KCONFIG");
	if (count > 2)
		options.btf_custom_path = arguments[2];
	libbpf_set_print(silent);
	for (int i = 0; i < 6; i++)
		libbpf_register_prog_handler(sections[i], BPF_PROG_TYPE_XDP, 0, &handler);
	for (int wanted = 0;; wanted++) {
		object = bpf_object__open_file(arguments[1], &options);
		if (!object) {
			fprintf(stderr, "%s: libbpf cannot open it\n", arguments[1]);
			return 1;
		}
		struct bpf_program *program;
		int i = 0;
		bpf_object__for_each_program(program, object) bpf_program__set_autoload(program, i++ == wanted);
		struct bpf_map *map;
		bpf_object__for_each_map(map, object) bpf_map__set_pin_path(map, NULL);
		if (wanted >= i)
			return 0;
		fflush(stdout);
		bpf_object__load(object);
		bpf_object__close(object);
	}
}
