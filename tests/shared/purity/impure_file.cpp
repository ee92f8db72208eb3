#include <fstream>

int first_byte() { return std::ifstream("/etc/hostname").get(); }
