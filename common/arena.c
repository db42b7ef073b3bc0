/* A chain of blocks, each at least twice the one before it, from which pieces are cut in order. */
#include "common/arena.h"

#include "common/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define BLOCK_SIZE     ((size_t)8 * 1024)    /* the ordinary one: most requests never need a second */
#define BLOCK_SIZE_MAX ((size_t)1024 * 1024) /* growth stops doubling here */
#define ALIGNMENT      _Alignof(max_align_t)

struct arena_block {
	struct arena_block *older;
	size_t size;
	max_align_t data[];
};

/* Under AddressSanitizer what has not been handed out is poisoned, with a gap behind each piece. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_IS_GUARDED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_IS_GUARDED 1
#endif

#ifdef ARENA_IS_GUARDED
#include <sanitizer/asan_interface.h>
#define GUARD_SIZE             ALIGNMENT
#define guard(bytes, length)   ASAN_POISON_MEMORY_REGION(bytes, length)
#define unguard(bytes, length) ASAN_UNPOISON_MEMORY_REGION(bytes, length)
#else
#define GUARD_SIZE             ((size_t)0)
#define guard(bytes, length)   ((void)(bytes), (void)(length))
#define unguard(bytes, length) ((void)(bytes), (void)(length))
#endif

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

static size_t next_block_size(const struct arena *arena, size_t needed)
{
	size_t size = arena->block ? arena->block->size * 2 : BLOCK_SIZE;

	if (size > BLOCK_SIZE_MAX)
		size = BLOCK_SIZE_MAX;
	return size < needed ? needed : size;
}

static void add_block(struct arena *arena, size_t needed)
{
	size_t size = next_block_size(arena, needed);
	struct arena_block *block = memory_alloc(sizeof(*block) + size);

	block->older = arena->block;
	block->size = size;
	guard(block->data, size);
	arena->block = block;
	arena->used = 0;
	arena->total += size;
}

static void free_block(struct arena *arena, struct arena_block *block)
{
	arena->total -= block->size;
	free(block);
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = NULL;
	struct arena_block *older;

	for (struct arena_block *block = arena->block; block; block = older) {
		older = block->older;
		if (!kept && block->size == BLOCK_SIZE)
			kept = block;
		else
			free_block(arena, block);
	}
	if (kept) {
		kept->older = NULL;
		guard(kept->data, kept->size);
	}
	arena->block = kept;
	arena->used = 0;
}

void arena_wipe(struct arena *arena)
{
	for (struct arena_block *block = arena->block; block; block = block->older) {
		unguard(block->data, block->size);
		explicit_bzero(block->data, block == arena->block ? arena->used : block->size);
	}
	arena_reset(arena);
}

void arena_deinit(struct arena *arena)
{
	struct arena_block *older;

	for (struct arena_block *block = arena->block; block; block = older) {
		older = block->older;
		free_block(arena, block);
	}
	arena_init(arena);
}

/* A piece as it lies there, not zeroed. */
static void *cut(struct arena *arena, size_t size)
{
	size_t taken = (size + GUARD_SIZE + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	char *piece;

	if (taken < size)
		abort();
	if (!arena->block || taken > arena->block->size - arena->used)
		add_block(arena, taken);
	piece = (char *)arena->block->data + arena->used;
	arena->used += taken;
	unguard(piece, size);
	return piece;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(cut(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		abort();
	return arena_alloc(arena, bytes);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = cut(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_list again;
	char *text;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(length >= 0);
	text = cut(arena, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}
